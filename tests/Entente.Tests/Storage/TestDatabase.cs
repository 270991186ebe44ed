using Entente.Server.Storage;

namespace Entente.Tests.Storage;

/// <summary>Which database a test runs on.</summary>
public enum On { Sqlite, Postgres }

/// <summary>
/// An empty database for one test. Where a test does not say which, it is the embedded one, or the one that
/// ENTENTE_TESTS_ON names: ./test runs everything that stores on both.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestDatabase(On? on = null)
    {
        if ((on ?? Asked) == On.Postgres) Connection = PostgresUnderTest.Shared.NewMigrated();
    }

    /// <summary>What every test runs on that does not say.</summary>
    public static On Asked { get; } =
        Environment.GetEnvironmentVariable("ENTENTE_TESTS_ON") == "postgres" ? On.Postgres : On.Sqlite;

    public string Folder => _folder.Path;

    /// <summary>Null for the embedded one.</summary>
    public string? Connection { get; }

    public Database Open(TimeProvider time) => new(Folder, Connection, time);

    public void Dispose()
    {
        _folder.Dispose();
        if (Connection is null) return;
        PostgresUnderTest.Drop(Connection);
    }
}

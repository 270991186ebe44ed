using Entente.Server.Storage;
using Entente.Tests.Storage;

namespace Entente.Bench;

/// <summary>A database to measure on: embedded in a folder, or PostgreSQL with durable defaults.</summary>
internal sealed class Place : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-bench-");

    public Place(string name, PostgresUnderTest? postgres)
    {
        Name = name;
        Connection = postgres?.NewDatabase();
    }

    public string Name { get; }
    public string Folder => _folder.FullName;
    public string? Connection { get; }

    public Database Open()
    {
        var database = new Database(Folder, Connection, TimeProvider.System);
        Migrations.Run(database);
        return database;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

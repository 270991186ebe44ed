using System.Reflection;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;

namespace Entente.Server.Storage;

/// <summary>Brings the database to this version's shape by numbered scripts, each whole or not at all.</summary>
public static class Migrations
{
    private const string LockFile = "migrating.lock";

    /// <summary>Runs what is missing. A second process waits; a database of a newer version is left alone.</summary>
    public static void Run(Database database)
    {
        using var only = Alone(Path.Combine(database.Folder, LockFile));
        var engine = Engine(database);
        var known = engine.GetDiscoveredScripts().Select(script => script.Name).ToHashSet();
        var newer = engine.GetExecutedScripts().Where(name => !known.Contains(name)).ToList();
        if (newer.Count > 0) throw new NewerDatabaseException(newer);
        var result = engine.PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"{result.ErrorScript?.Name} failed.", result.Error);
    }

    private static UpgradeEngine Engine(Database database) => DeployChanges.To
        .SqliteDatabase(database.ConnectionString)
        .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), IsOurs)
        .WithScriptNameComparer(StringComparer.Ordinal)
        .WithTransactionPerScript()
        .WithVariablesDisabled()
        .LogTo(new NoOpUpgradeLog())
        .Build();

    private static bool IsOurs(string resource) =>
        resource.Contains($".Storage.Schema.{Dialect.Scripts}.", StringComparison.Ordinal);

    private static FileStream Alone(string path)
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(50); // Another process migrates; it takes a moment.
            }
        }
    }
}

/// <summary>The database was made by a newer version of the centre than this one.</summary>
public sealed class NewerDatabaseException(IReadOnlyList<string> scripts)
    : Exception($"The database is newer than this program. It has {string.Join(", ", scripts)}.");

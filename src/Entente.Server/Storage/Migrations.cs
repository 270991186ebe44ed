using System.Reflection;
using DbUp.Engine;
using DbUp.Engine.Output;

namespace Entente.Server.Storage;

/// <summary>Brings the database to this version's shape by numbered scripts, each whole or not at all.</summary>
public static class Migrations
{
    /// <summary>Runs what is missing. A second process waits; a database of a newer version is left alone.</summary>
    public static void Run(Database database)
    {
        using var only = database.Dialect.MigrateAlone();
        var engine = Engine(database);
        var known = engine.GetDiscoveredScripts().Select(script => script.Name).ToHashSet();
        var newer = engine.GetExecutedScripts().Where(name => !known.Contains(name)).ToList();
        if (newer.Count > 0) throw new NewerDatabaseException(newer);
        var result = engine.PerformUpgrade();
        if (!result.Successful)
            throw new InvalidOperationException($"{result.ErrorScript?.Name} failed.", result.Error);
    }

    private static UpgradeEngine Engine(Database database) => database.Dialect.Deployment()
        .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => IsOf(database.Dialect, name))
        .WithScriptNameComparer(StringComparer.Ordinal)
        .WithTransactionPerScript()
        .WithVariablesDisabled()
        .LogTo(new NoOpUpgradeLog())
        .Build();

    private static bool IsOf(Dialect dialect, string resource) =>
        resource.Contains($".Storage.Schema.{dialect.Scripts}.", StringComparison.Ordinal);
}

/// <summary>The database was made by a newer version of the centre than this one.</summary>
public sealed class NewerDatabaseException(IReadOnlyList<string> scripts)
    : Exception($"The database is newer than this program. It has {string.Join(", ", scripts)}.");

using System.Text.RegularExpressions;
using Entente.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Storage;

/// <summary>A store of its own on an empty database, with a clock that stands still.</summary>
public sealed partial class StoredCentre : IDisposable
{
    private readonly TestDatabase _database;

    /// <param name="on">Which database; without one the one that this run is for.</param>
    public StoredCentre(On? on = null)
    {
        _database = new(on);
        Time = new(Given.Start.ToDateTimeOffset());
        Database = _database.Open(Time);
        Migrations.Run(Database);
        Keys = new(Database);
        Feed = new();
        Store = new(Database, Keys, Feed);
    }

    public string? Connection => _database.Connection;

    /// <summary>SQL as SQLite says it, in the words of this database.</summary>
    public string Own(string sql) => Connection is null ? sql : Bytes().Replace(Zeroes().Replace(
        sql, "decode(repeat('00', $1), 'hex')"), "convert_to(replace(convert_from($1, 'UTF8'), $2), 'UTF8')");

    public FakeTimeProvider Time { get; }
    public Database Database { get; }
    public PersonKeys Keys { get; }
    public ChangeFeed Feed { get; }
    public DisputeStore Store { get; }

    /// <summary>Appends whatever a dispute has that the store has not.</summary>
    public async Task<AppendOutcome> Keep(Given given, Func<Append, Append>? change = null)
    {
        var append = AppendOf(await Store.Read(given.Dispute.Id), given);
        return await Store.Append(change is null ? append : change(append));
    }

    public static Append AppendOf(StoredDispute before, Given given) =>
        new(before, given.Dispute, [.. given.Facts.Skip(before.Dispute.Version)])
        {
            Texts = [.. given.Written.Where(text => given.Facts.Skip(before.Dispute.Version)
                .Any(fact => fact.Event.Personal.Contains(text.Ref)))],
        };

    [GeneratedRegex(@"CAST\(replace\(CAST\((\w+) AS TEXT\), ('[^']*', '[^']*')\) AS BLOB\)")]
    private static partial Regex Bytes();

    [GeneratedRegex(@"zeroblob\((\d+|length\(\w+\))\)")]
    private static partial Regex Zeroes();

    public void Dispose()
    {
        Store.Dispose();
        Database.Dispose();
        _database.Dispose();
    }
}

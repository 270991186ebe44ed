using Entente.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Storage;

/// <summary>A store of its own on an empty database, with a clock that stands still.</summary>
public sealed class StoredCentre : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StoredCentre()
    {
        Time = new(Given.Start.ToDateTimeOffset());
        Database = new(_folder.Path, Time);
        Migrations.Run(Database);
        Keys = new(Database);
        Feed = new();
        Store = new(Database, Keys, Feed);
    }

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

    public void Dispose()
    {
        Store.Dispose();
        Database.Dispose();
        _folder.Dispose();
    }
}

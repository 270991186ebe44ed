using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>An event's row as it lies in the store.</summary>
internal sealed class StoredEvent
{
    public int Seq { get; init; }
    public string Audience { get; init; } = "";
    public int N { get; init; }
    public string Kind { get; init; } = "";
    public byte[] Bytes { get; init; } = [];
    public byte[] Link { get; init; } = [];
}

/// <summary>Reads a dispute's rows back into facts, and believes none that its chain does not vouch for.</summary>
internal static class ChainReader
{
    /// <param name="last">The links the dispute's row ends with.</param>
    public static ValueList<Fact> Facts(DisputeId id, IReadOnlyList<StoredEvent> rows, Links last)
    {
        var (links, counts) = (Links.None, new int[Enum.GetValues<Audience>().Length]);
        var facts = new List<Fact>(rows.Count);
        foreach (var row in rows)
        {
            var fact = Read(id, row, facts.Count + 1);
            var audience = fact.Event.Audience;
            if (fact.N != ++counts[(int)audience] || row.N != fact.N) throw Damaged(id, row, "is out of its audience's order");
            var link = Chain.Link(id, audience, fact.N, links.Of(audience), row.Bytes);
            if (!link.AsSpan().SequenceEqual(row.Link)) throw Damaged(id, row, "does not match its link");
            links = links.With(audience, link);
            facts.Add(fact);
        }
        foreach (var audience in Enum.GetValues<Audience>())
            if (!links.Of(audience).SequenceEqual(last.Of(audience)))
                throw new DamagedDisputeException(id, $"the chain of {Codes.Of(audience)} does not end where the dispute says");
        return facts.ToValueList();
    }

    private static Fact Read(DisputeId id, StoredEvent row, int seq)
    {
        if (row.Seq != seq) throw new DamagedDisputeException(id, $"fact {seq} is missing");
        try
        {
            var fact = EventCodec.Read(row.Seq, row.Bytes);
            if (Codes.Of(fact.Event.Audience) != row.Audience) throw Damaged(id, row, "is filed under another audience");
            if (StoredNames.Of(fact.Event.GetType()).Name != row.Kind) throw Damaged(id, row, "is filed under another kind");
            return fact;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw Damaged(id, row, "cannot be read", failure);
        }
    }

    private static DamagedDisputeException Damaged(DisputeId id, StoredEvent row, string how, Exception? cause = null) =>
        new(id, $"fact {row.Seq} {how}", cause);
}

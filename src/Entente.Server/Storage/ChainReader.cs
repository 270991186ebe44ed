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
    /// <param name="mask">Shows who of the platform acted.</param>
    public static ValueList<Fact> Facts(
        DisputeId id, IReadOnlyList<StoredEvent> rows, Links last, StaffMask mask) =>
        Facts(new StoredDispute(Dispute.Nothing(id), Links.None), rows, last, mask);

    /// <summary>What came after a dispute stood so.</summary>
    public static ValueList<Fact> Facts(
        StoredDispute before, IReadOnlyList<StoredEvent> rows, Links last, StaffMask mask)
    {
        var (id, links, counts) = (before.Dispute.Id, before.Links, before.Dispute.Counts.ToArray());
        var (facts, next) = (new List<Fact>(rows.Count), before.Dispute.Version);
        foreach (var row in rows)
        {
            if (row.Seq != ++next) throw new DamagedDisputeException(id, $"fact {next} is missing");
            if (!Codes.TryParse<Audience>(row.Audience, out var audience) || row.N != ++counts[(int)audience])
                throw Damaged(id, row, "is out of its audience's order");
            var link = Chain.Link(id, audience, row.N, links.Of(audience), row.Bytes);
            if (!link.AsSpan().SequenceEqual(row.Link)) throw Damaged(id, row, "does not match its link");
            links = links.With(audience, link);
            facts.Add(mask.Show(id, Read(id, row, audience)));
        }
        foreach (var audience in Enum.GetValues<Audience>())
            if (!links.Of(audience).SequenceEqual(last.Of(audience)))
                throw new DamagedDisputeException(
                    id, $"the chain of {Codes.Of(audience)} does not end where the dispute says");
        return facts.ToValueList();
    }

    private static Fact Read(DisputeId id, StoredEvent row, Audience audience)
    {
        try
        {
            var fact = EventCodec.Read(row.Seq, row.Bytes);
            return fact.Event.Audience == audience && fact.N == row.N
                && StoredNames.Of(fact.Event.GetType()).Name == row.Kind
                ? fact
                : throw Damaged(id, row, "is filed as something else");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw Damaged(id, row, "cannot be read", failure);
        }
    }

    private static DamagedDisputeException Damaged(
        DisputeId id, StoredEvent row, string how, Exception? cause = null) =>
        new(id, $"fact {row.Seq} {how}", cause);
}

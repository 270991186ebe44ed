using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>An append with its bytes made: what the writer puts into the tables, and nothing left to compute.</summary>
internal sealed record AppendRows(
    Append Append, DisputeColumns Row, byte[]? Snapshot, byte[] Links, IReadOnlyList<AppendRows.EventRow> Events,
    IReadOnlyList<SealedText> Texts, IReadOnlyList<AppendRows.ParcelRow> Outbox)
{
    /// <summary>After so many facts the folded dispute is written once more.</summary>
    public const int SnapshotEvery = 16;

    /// <summary>The dispute as it stands once the rows are written.</summary>
    public StoredDispute Stored => new(Append.After, Storage.Links.From(Links));

    public DisputeId Id => Append.After.Id;

    /// <summary>Facts with words that somebody may look for.</summary>
    public IEnumerable<int> Searchable => Append.Facts
        .Where(fact => fact.Event is DisputeOpened || Told.By(fact.Event).Any()).Select(fact => fact.Seq);

    /// <summary>A fact's row.</summary>
    internal sealed record EventRow(Fact Fact, string Kind, byte[] Bytes, byte[] Link);

    /// <summary>An outbox row; its id is the same however often it is written.</summary>
    internal sealed record ParcelRow(string Id, int Seq, string Kind, string Payload, long CreatedAt, long NotBefore);

    /// <summary>Serializes, links and encrypts; on the caller's own time, so that the writer only writes.</summary>
    public static AppendRows Of(Append append, IReadOnlyDictionary<string, byte[]> keys)
    {
        var id = append.After.Id;
        var links = append.Before.Links;
        var events = new List<EventRow>(append.Facts.Count);
        var mask = new StaffMask(keys.GetValueOrDefault(StaffMask.Owner));
        foreach (var fact in append.Facts)
        {
            var bytes = EventCodec.Write(mask.Hide(id, fact));
            var audience = fact.Event.Audience;
            var link = Chain.Link(id, audience, fact.N, links.Of(audience), bytes);
            links = links.With(audience, link);
            events.Add(new(fact, StoredNames.Of(fact.Event.GetType()).Name, bytes, link));
        }
        var texts = append.Texts.Where(text => keys.ContainsKey(text.Owner))
            .Select(text => SealedText.Of(id, text, keys[text.Owner])).DistinctBy(text => text.Commitment).ToList();
        return new(append, DisputeColumns.Of(append.After), State(append), links.ToBytes(), events, texts,
            Parcels(append));
    }

    /// <summary>The folded dispute, now and then: whoever reads it folds the few facts that came after.</summary>
    private static byte[]? State(Append append) =>
        append.After.Version / SnapshotEvery > append.Before.Dispute.Version / SnapshotEvery
            ? EventCodec.WriteState(append.After)
            : null;

    private static List<ParcelRow> Parcels(Append append)
    {
        if (append.Outbox.Count == 0) return [];
        var last = append.Facts[^1];
        return [.. append.Outbox.Select((row, place) => new ParcelRow(
            $"{append.After.Id.Suffix}.{last.Cause}.{place + 1}", last.Seq, row.Kind, row.Payload,
            Micros.Of(last.At), Micros.Of(row.NotBefore)))];
    }
}

/// <summary>What lists, the clock and the desk go by, beside the folded dispute itself.</summary>
internal sealed record DisputeColumns
{
    public required int Version { get; init; }
    public required string Stage { get; init; }
    public string? Responsible { get; init; }
    public string? Awaited { get; init; }
    public string? MetBy { get; init; }
    public long? DueAt { get; init; }
    public long? NextDue { get; init; }
    public string? Examiner { get; init; }
    public long LastAt { get; init; }
    public long? ClosedAt { get; init; }
    public required string Marketplace { get; init; }
    public required string Buyer { get; init; }
    public required string Seller { get; init; }
    public required string Opener { get; init; }
    public required string Reason { get; init; }
    public required string Remedy { get; init; }
    public long? Sought { get; init; }
    public required string Currency { get; init; }
    public long OpenedAt { get; init; }

    /// <summary>
    /// Its place in every list: what is open by its due instant, then what is closed, the newest first.
    /// </summary>
    public long Place => DueAt ?? ListPlace.Closed - ClosedAt!.Value;

    public static DisputeColumns Of(Dispute dispute)
    {
        var (due, opening) = (dispute.Head, dispute.Opening);
        return new()
        {
            Version = dispute.Version,
            Stage = Codes.Of(dispute.Stage),
            Responsible = due is null ? null : Codes.Of(due.Who),
            Awaited = due is null ? null : Codes.Of(due.Kind),
            MetBy = due is not null && dispute.IsMet(due) ? Codes.Of(due.Who) : null,
            DueAt = due is null ? null : Micros.Of(due.Due),
            NextDue = dispute.NextDue is { } next ? Micros.Of(next) : null,
            Examiner = dispute.Examiner?.Value,
            LastAt = Micros.Of(dispute.LastAt),
            ClosedAt = dispute.ClosedAt is { } at ? Micros.Of(at) : null,
            Marketplace = opening.Marketplace.Value,
            Buyer = opening.Buyer.Value,
            Seller = opening.Seller.Value,
            Opener = Codes.Of(opening.Opener),
            Reason = Codes.Of(dispute.Reason),
            Remedy = Codes.Of(dispute.Remedy),
            Sought = opening.Sought.Sum(line => line.Amount),
            Currency = dispute.Currency,
            OpenedAt = Micros.Of(dispute.OpenedAt),
        };
    }
}

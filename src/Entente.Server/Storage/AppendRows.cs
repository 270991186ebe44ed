using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>An append with its bytes made: what the writer puts into the tables, and nothing left to compute.</summary>
internal sealed record AppendRows(
    Append Append, byte[] State, byte[] Links, IReadOnlyList<AppendRows.EventRow> Events,
    IReadOnlyList<SealedText> Texts)
{
    /// <summary>The dispute as it stands once the rows are written.</summary>
    public StoredDispute Stored => new(Append.After, Storage.Links.From(Links));

    public DisputeId Id => Append.After.Id;

    /// <summary>A fact's row.</summary>
    internal sealed record EventRow(Fact Fact, string Kind, byte[] Bytes, byte[] Link);

    /// <summary>Serializes, links and encrypts; on the caller's own time, so that the writer only writes.</summary>
    public static AppendRows Of(Append append, IReadOnlyDictionary<string, byte[]> keys)
    {
        var id = append.After.Id;
        var links = append.Before.Links;
        var events = new List<EventRow>(append.Facts.Count);
        foreach (var fact in append.Facts)
        {
            var bytes = EventCodec.Write(fact);
            var audience = fact.Event.Audience;
            var link = Chain.Link(id, audience, fact.N, links.Of(audience), bytes);
            links = links.With(audience, link);
            events.Add(new(fact, StoredNames.Of(fact.Event.GetType()).Name, bytes, link));
        }
        var texts = append.Texts.Where(text => keys.ContainsKey(text.Owner))
            .Select(text => SealedText.Of(id, text, keys[text.Owner])).DistinctBy(text => text.Commitment).ToList();
        return new(append, EventCodec.WriteState(append.After), links.ToBytes(), events, texts);
    }
}

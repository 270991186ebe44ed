using System.Collections.Concurrent;
using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Storage;

/// <summary>
/// Disputes that were read or written lately. Only ever believed for the version that the database says stands now, so
/// it is right on any number of nodes.
/// </summary>
internal sealed class DisputeMemory
{
    private const int DisputesMax = 4096;
    private const long HistoryBytesMax = 64 << 20;
    private readonly ConcurrentDictionary<DisputeId, StoredDispute> _known = new();
    private readonly ConcurrentDictionary<DisputeId, KnownHistory> _histories = new();
    private long _bytes;

    public StoredDispute? Find(DisputeId id) => _known.GetValueOrDefault(id);

    public KnownHistory? FindHistory(DisputeId id) => _histories.GetValueOrDefault(id);

    public void Keep(StoredDispute stored)
    {
        // Forgetting all at once is crude and rare; what is needed comes back with the next reading.
        if (_known.Count >= DisputesMax) _known.Clear();
        _known[stored.Dispute.Id] = stored;
    }

    public void Keep(KnownHistory history)
    {
        var more = history.Weight - (FindHistory(history.Stored.Dispute.Id)?.Weight ?? 0);
        if (Interlocked.Add(ref _bytes, more) > HistoryBytesMax)
        {
            _histories.Clear();
            Interlocked.Exchange(ref _bytes, history.Weight);
        }
        _histories[history.Stored.Dispute.Id] = history;
        Keep(history.Stored);
    }

    /// <summary>What this node wrote itself it need not read again.</summary>
    public void Extend(AppendRows written)
    {
        if (FindHistory(written.Id) is { } history
            && history.Stored.Dispute.Version == written.Append.Before.Dispute.Version)
            Keep(history.After(written));
        else
            Keep(written.Stored);
    }

    /// <summary>Forgets one of which something turned out to be wrong.</summary>
    public void Forget(DisputeId id)
    {
        _known.TryRemove(id, out _);
        _histories.TryRemove(id, out _);
    }
}

/// <summary>
/// A dispute with all its facts, and its texts as they lie in the store: nobody's words are kept in clear.
/// </summary>
/// <param name="Erasures">How often some of its texts had been erased when they were read, or before.</param>
internal sealed record KnownHistory(
    StoredDispute Stored, ValueList<Fact> Facts, IReadOnlyList<SealedText> Texts, int Erasures)
{
    private const int FactBytes = 600;

    /// <summary>About how many bytes it takes to remember.</summary>
    public long Weight { get; } = Facts.Count * FactBytes + Texts.Sum(text => (long)text.Bytes.Length);

    public KnownHistory After(AppendRows written) =>
        new(written.Stored, [.. Facts, .. written.Append.Facts], [.. Texts, .. written.Texts], Erasures);
}

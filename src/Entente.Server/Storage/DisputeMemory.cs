using System.Collections.Concurrent;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>
/// Disputes that were read or written lately. Only ever believed for the version that the database says stands now, so
/// it is right on any number of nodes.
/// </summary>
internal sealed class DisputeMemory
{
    private const int DisputesMax = 4096;
    private readonly ConcurrentDictionary<DisputeId, StoredDispute> _known = new();

    public StoredDispute? Find(DisputeId id) => _known.GetValueOrDefault(id);

    public void Keep(StoredDispute stored)
    {
        // Forgetting all at once is crude and rare; what is needed comes back with the next reading.
        if (_known.Count >= DisputesMax) _known.Clear();
        _known[stored.Dispute.Id] = stored;
    }
}

using System.Collections.Concurrent;

namespace Entente.Tests.Payments;

/// <summary>
/// A payment provider's own books: what it gave back, of which payment, under which key. It knows nothing of ours, and
/// forgets a key a day after it first saw it.
/// </summary>
public sealed class ProviderLedger(TimeProvider time)
{
    public static readonly TimeSpan KeysKept = TimeSpan.FromHours(24);
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, long> _captured = new();
    private readonly Dictionary<string, (GivenBack Refund, DateTimeOffset At)> _keys = [];
    private readonly Dictionary<string, List<GivenBack>> _byReference = [];
    private readonly Dictionary<string, List<GivenBack>> _byName = [];
    private readonly Dictionary<string, GivenBack> _byId = [];

    public void Captured(string reference, long amount) => _captured[reference] = amount;

    public IReadOnlyList<GivenBack> All { get { lock (_lock) return [.. _byId.Values]; } }

    /// <summary>The refund under a key it remembers, else a new one; null
    /// where the payment has not so much left.</summary>
    public GivenBack? Create(string key, string name, string reference, long amount, string status = "succeeded")
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_keys.TryGetValue(key, out var known) && now < known.At + KeysKept) return known.Refund;
            if (Live(reference).Sum(refund => refund.Amount) + amount > _captured.GetValueOrDefault(reference))
                return null;
            var refund = new GivenBack($"re_{_byId.Count + 1}", reference, name, amount) { Status = status };
            _byId[refund.Id] = refund;
            _keys[key] = (refund, now);
            Listed(_byReference, reference).Add(refund);
            Listed(_byName, name).Add(refund);
            return refund;
        }
    }

    public GivenBack? Find(string name)
    {
        lock (_lock) return _byName.GetValueOrDefault(name)?[0];
    }

    public IReadOnlyList<GivenBack> Of(string reference)
    {
        lock (_lock) return [.. _byReference.GetValueOrDefault(reference) ?? []];
    }

    /// <summary>What a payment really gave back.</summary>
    public long GaveBack(string reference)
    {
        lock (_lock) return Live(reference).Sum(refund => refund.Amount);
    }

    /// <summary>How often money really went out under one of our names.</summary>
    public int Times(string name)
    {
        lock (_lock) return _byName.GetValueOrDefault(name)?.Count(refund => refund.IsLive) ?? 0;
    }

    public void Becomes(string id, string status)
    {
        lock (_lock) _byId[id].Status = status;
    }

    private IEnumerable<GivenBack> Live(string reference) =>
        (_byReference.GetValueOrDefault(reference) ?? []).Where(refund => refund.IsLive);

    private static List<GivenBack> Listed(Dictionary<string, List<GivenBack>> lists, string name)
    {
        if (!lists.TryGetValue(name, out var list)) lists[name] = list = [];
        return list;
    }
}

/// <summary>A refund as the provider has it.</summary>
/// <param name="Name">Our reference in its metadata.</param>
public sealed record GivenBack(string Id, string Reference, string Name, long Amount)
{
    public string Status { get; set; } = "succeeded";
    public bool IsLive => Status is "succeeded" or "pending";
}

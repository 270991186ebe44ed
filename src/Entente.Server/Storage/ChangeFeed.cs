using System.Collections.Concurrent;
using System.Threading.Channels;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>Says which disputes have changed, to whoever listens now; nothing depends on its being heard.</summary>
public sealed class ChangeFeed
{
    private readonly ConcurrentDictionary<Subscription, DisputeId?> _subscriptions = new();

    /// <summary>Listens for one dispute, or for any when it is null.</summary>
    public Subscription Listen(DisputeId? dispute = null)
    {
        var subscription = new Subscription(gone => _subscriptions.TryRemove(gone, out _));
        _subscriptions[subscription] = dispute;
        return subscription;
    }

    public void Publish(DisputeId dispute)
    {
        foreach (var (subscription, wanted) in _subscriptions)
            if (wanted is null || wanted == dispute)
                subscription.Tell();
    }

    /// <summary>Anything may have changed: whoever listens looks.</summary>
    public void PublishAll()
    {
        foreach (var subscription in _subscriptions.Keys) subscription.Tell();
    }

    /// <summary>An open ear: several changes between two looks are one.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly Channel<bool> _changed =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private readonly Action<Subscription> _gone;

        internal Subscription(Action<Subscription> gone) => _gone = gone;

        /// <summary>Waits until something has changed since the last time.</summary>
        public ValueTask<bool> Changed(CancellationToken stop = default) => _changed.Reader.ReadAsync(stop);

        internal void Tell() => _changed.Writer.TryWrite(true);

        public void Dispose() => _gone(this);
    }
}

using Entente.Domain;

namespace Entente.Server.Desk;

/// <summary>Where those wait who lost a race for a dispute: one after the
/// other they go further than all at once.</summary>
internal sealed class WaitingLine
{
    private const int Lines = 64;
    private readonly SemaphoreSlim[] _lines = [.. Enumerable.Range(0, Lines).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>The turn at a dispute's line, until disposed; other disputes may share the line.</summary>
    public async ValueTask<IDisposable> Wait(DisputeId dispute, CancellationToken stop)
    {
        var line = _lines[(uint)dispute.GetHashCode() % Lines];
        await line.WaitAsync(stop);
        return new Turn(line);
    }

    private sealed class Turn(SemaphoreSlim line) : IDisposable
    {
        public void Dispose() => line.Release();
    }
}

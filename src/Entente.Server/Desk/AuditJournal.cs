using System.Threading.Channels;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>
/// Lines for the audit trail that no answer waits for: written together a moment later. Where more come in than can be
/// written, those who act wait, and no line is lost.
/// </summary>
public sealed class AuditJournal(AuditTrail trail, Database database) : BackgroundService
{
    private const int WaitingMax = 10_000;
    private const int TogetherMax = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Channel<(MarketplaceId, AuditLine)> _waiting =
        Channel.CreateBounded<(MarketplaceId, AuditLine)>(
            new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    public ValueTask Note(MarketplaceId marketplace, string address, string who, string what, string subject) =>
        _waiting.Writer.WriteAsync((marketplace, new(database.Now(), address, who, what, subject)));

    /// <summary>What waits when the centre stops is still written.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        await WriteWaiting();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await WriteWaiting();
                await Task.Delay(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The centre stops; the rest is written there.
        }
    }

    private async Task WriteWaiting()
    {
        var together = new List<(MarketplaceId, AuditLine)>();
        while (_waiting.Reader.TryRead(out var line))
        {
            together.Add(line);
            if (together.Count < TogetherMax) continue;
            await trail.Note(together);
            together.Clear();
        }
        if (together.Count > 0) await trail.Note(together);
    }
}

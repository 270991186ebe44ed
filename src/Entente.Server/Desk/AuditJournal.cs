using System.Data.Common;
using System.Threading.Channels;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>
/// Lines for the audit trail that no answer waits for: written together a moment later. Where more come in than can be
/// written, those who act wait, and no line is lost; while the database is away or full, they wait here.
/// </summary>
public sealed partial class AuditJournal(AuditTrail trail, Database database, ILogger<AuditJournal> log)
    : BackgroundService
{
    private const int WaitingMax = 10_000;
    private const int TogetherMax = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);

    /// <summary>What is being written: forgotten once it is.</summary>
    private readonly List<(MarketplaceId, AuditLine)> _together = [];
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
            while (_together.Count > 0 || await _waiting.Reader.WaitToReadAsync(stoppingToken))
                await Task.Delay(await WriteWaiting() ? Pause : AfterTrouble, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The centre stops; the rest is written there.
        }
    }

    /// <summary>False where it could not be done now.</summary>
    private async Task<bool> WriteWaiting()
    {
        try
        {
            while (true)
            {
                while (_together.Count < TogetherMax && _waiting.Reader.TryRead(out var line)) _together.Add(line);
                if (_together.Count == 0) return true;
                await trail.Note(_together);
                _together.Clear();
            }
        }
        catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
        {
            LogTrouble(failure);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail cannot be written; trying again")]
    private partial void LogTrouble(Exception failure);
}

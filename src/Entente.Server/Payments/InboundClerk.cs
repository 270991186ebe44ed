using System.Data.Common;
using System.Text.Json;
using Entente.Server.Couriers;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>Handles what providers told us, after they were answered: first the ledger, then the disputes.</summary>
public sealed partial class InboundClerk(
    Inbox inbox, StripeFacts stripe, ChangeFeed feed, TimeProvider time, ILogger<InboundClerk> log) : BackgroundService
{
    private const int TogetherMax = 32;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);
    private readonly ChangeFeed.Subscription _changes = feed.Listen();

    public void Wake() => _changes.Tell();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = await inbox.Next(stoppingToken);
                if (next <= inbox.Now() && await Round(stoppingToken) > 0) continue;
                await _changes.Changed(next, inbox.Now(), time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is DbException or IOException)
            {
                // The database is away for a moment; messages wait in it.
                LogTrouble(failure);
                await Task.Delay(AfterTrouble, time, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One round over what waits; how many there were.</summary>
    public async Task<int> Round(CancellationToken stop = default)
    {
        var taken = await inbox.Lend(TogetherMax, stop);
        foreach (var message in taken)
        {
            try
            {
                await stripe.Handle(message, stop);
            }
            catch (JsonException broken)
            {
                await inbox.Handled(message, InboundState.Broken, broken.Message);
            }
            catch (Exception failure) when (failure is not DbException && !stop.IsCancellationRequested)
            {
                // Whatever is wrong with one message, the others are handled.
                LogFailed(message.Id, failure);
                await inbox.Later(message, $"{failure.GetType().Name}: {failure.Message}");
            }
        }
        return taken.Count;
    }

    public override void Dispose()
    {
        _changes.Dispose();
        base.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Message} of a provider could not be handled")]
    private partial void LogFailed(string message, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Messages of providers cannot be read; trying again")]
    private partial void LogTrouble(Exception failure);
}

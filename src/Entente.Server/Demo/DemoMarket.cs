using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Policies;

namespace Entente.Server.Demo;

/// <summary>
/// The Place des Halles: a marketplace with its people, orders and disputes in every stage, made at the first start of
/// a demo so that it seems to have been open for weeks.
/// </summary>
public sealed partial class DemoMarket(Settings settings, TimeProvider time, ILogger<DemoMarket> log) : IHostedService
{
    public static readonly MarketplaceId Id = new("place-des-halles");
    private const string PolicyName = "demo";
    private static readonly Duration Past = Duration.FromDays(60);

    /// <summary>The key to the API, known only to the start that made the demo.</summary>
    public string? Key { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        using var centre = new DemoCentre(settings, now - Past);
        // The key is made last: where it is, the demo is whole.
        if ((await centre.Keys.Of(Id, cancellationToken)).Count == 0) Key = await Make(centre, now, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string> Make(DemoCentre centre, Instant now, CancellationToken stop)
    {
        await centre.Marketplaces.Add(new(Id, "Place des Halles", "fr", Moment.Zone.Id), stop);
        var people = await DemoPeople.Settle(centre, Id, stop);
        var published = await centre.Policies.Publish(
            Id, Presets.Bytes(PolicyName), people[DemoPeople.Sofia].Principal, stop);
        var policy = published.Policy ?? throw new InvalidOperationException("The demo's rules are not complete.");
        await centre.Orders.Import(Id, DemoOrders.Of(now), stop);
        var teller = new Storyteller(centre, Id, people, policy, now);
        foreach (var story in DemoStories.All) await Tell(teller, story, stop);
        centre.Time.Now = now;
        return await centre.Keys.Make(Id, "demo", Enum.GetValues<Scope>(), stop: stop);
    }

    private async Task Tell(Storyteller teller, Story story, CancellationToken stop)
    {
        try
        {
            await teller.Tell(story, stop);
        }
        catch (InvalidOperationException failure)
        {
            // A story that cannot be told to its end, on a calendar nobody thought of, stays as far as it came.
            LogUntold(story.Order, failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo's story of order {Order} ends early: {Why}")]
    private partial void LogUntold(string order, string why);
}

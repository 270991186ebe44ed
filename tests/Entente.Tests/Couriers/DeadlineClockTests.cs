using System.Collections.Concurrent;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Couriers;

namespace Entente.Tests.Couriers;

public class DeadlineClockTests
{
    private static readonly Instant AnswerDue = Given.Start + Duration.FromDays(5);
    private readonly ConcurrentQueue<Instant> _asked = new();

    [Fact]
    public async Task A_due_time_passes_at_its_instant_and_not_before()
    {
        await using var office = await PostOffice.Opened();
        await office.StartClock(Lapsing(office));
        office.Centre.Time.Advance(TimeSpan.FromDays(5) - TimeSpan.FromMilliseconds(1));
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Empty(_asked);
        office.Centre.Time.Advance(TimeSpan.FromMilliseconds(1));
        await office.Until(() => !_asked.IsEmpty);
        Assert.Equal(AnswerDue, Assert.Single(_asked));
        await office.Until(async () => await office.Leases.Next() == AnswerDue + Duration.FromDays(25));
    }

    [Fact]
    public async Task What_fell_due_while_the_centre_was_off_passes_at_its_start()
    {
        await using var office = await PostOffice.Opened();
        office.Centre.Time.Advance(TimeSpan.FromDays(6));
        await office.StartClock(Lapsing(office));
        await office.Until(() => _asked.Count == 1);
    }

    [Fact]
    public async Task Two_clocks_on_one_database_ask_once()
    {
        await using var office = await PostOffice.Opened();
        var lapse = Lapsing(office);
        await office.StartClock(lapse);
        await office.StartClock(lapse);
        office.Centre.Time.Advance(TimeSpan.FromDays(5));
        await office.Until(() => !_asked.IsEmpty);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Single(_asked);
    }

    [Fact]
    public async Task A_dispute_that_cannot_lapse_is_parked_and_can_be_tried_again()
    {
        await using var office = await PostOffice.Opened();
        var clock = await office.StartClock((_, _) =>
        {
            _asked.Enqueue(office.Centre.Database.Now());
            throw new InvalidDataException("damaged");
        });
        office.Centre.Time.Advance(TimeSpan.FromDays(5));
        await office.Until(async () =>
            (await office.Leases.Stuck(Given.Marketplace)).Count == 1, Duration.FromMinutes(5));
        Assert.Equal(DeadlineLeases.TriesMax, _asked.Count);
        Assert.Null(await office.Leases.Next());
        Assert.Equal("InvalidDataException: damaged", (await office.Leases.Stuck(Given.Marketplace))[0].Error);
        Assert.Empty(await office.Leases.Stuck(new MarketplaceId("another")));

        Assert.False(await office.Leases.Retry(new MarketplaceId("another"), Given.Id));
        Assert.True(await office.Leases.Retry(Given.Marketplace, Given.Id));
        clock.Wake();
        await office.Until(() => _asked.Count == DeadlineLeases.TriesMax + 1);
    }

    [Fact]
    public async Task A_door_that_lets_nothing_pass_is_not_asked_without_end()
    {
        await using var office = await PostOffice.Opened();
        await office.StartClock((_, _) =>
        {
            _asked.Enqueue(office.Centre.Database.Now());
            return Task.FromResult<Instant?>(AnswerDue);
        });
        office.Centre.Time.Advance(TimeSpan.FromDays(5));
        await office.Until(() => _asked.Count == 1);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Single(_asked);
    }

    /// <summary>The door: the seller's missed answer is noted.</summary>
    private LapseOverdue Lapsing(PostOffice office) => async (dispute, stop) =>
    {
        _asked.Enqueue(office.Centre.Database.Now());
        var missed = Given.Opened().With(new AnswerMissed(Role.Seller) { Ends = [1] });
        await office.Centre.Keep(missed);
        return (await office.Centre.Store.Read(dispute, stop)).Dispute.NextDue;
    };
}

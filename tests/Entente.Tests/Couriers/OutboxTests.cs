using System.Collections.Concurrent;
using Entente.Domain;
using Entente.Server.Couriers;

namespace Entente.Tests.Couriers;

public class OutboxTests
{
    private static readonly Duration Hour = Duration.FromHours(1);
    private readonly ConcurrentQueue<string> _tried = new();

    [Fact]
    public async Task A_failed_parcel_is_tried_again_under_its_id_and_arrives_once()
    {
        await using var office = await PostOffice.Opened();
        var failures = 2;
        await office.Put(office.Parcel("a.1"));
        await office.Start(new TestCourier((parcel, _) =>
        {
            _tried.Enqueue(parcel.Id);
            return Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("not now") : Task.CompletedTask;
        }));
        await office.Until(async () => await office.Waiting() == 0, Hour);
        Assert.Equal(["a.1", "a.1", "a.1"], _tried);
    }

    [Fact]
    public async Task Nothing_is_tried_before_its_pause_is_over()
    {
        await using var office = await PostOffice.Opened();
        await office.Put(office.Parcel("a.1"));
        await office.Start(Failing());
        await office.Until(() => _tried.Count == 1);
        for (var second = 0; second < 7; second++) office.Centre.Time.Advance(TimeSpan.FromSeconds(1));
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Single(_tried);
        await office.Until(() => _tried.Count == 2, Duration.FromSeconds(1));
    }

    [Fact]
    public async Task What_always_fails_is_parked_for_the_operator_while_everything_else_goes_on()
    {
        await using var office = await PostOffice.Opened();
        await office.Put(office.Parcel("poison", lane: "p"), office.Parcel("good", lane: "g"));
        var outbox = await office.Start(new TestCourier((parcel, _) =>
            parcel.Id == "poison" ? throw new InvalidOperationException("poison") : Task.CompletedTask));
        await office.Until(async () => await office.Waiting() == 1);
        await office.Until(async () => await office.Waiting() == 0, Duration.FromHours(7));

        var held = Assert.Single(await office.Parcels.Held(Given.Marketplace));
        Assert.Equal(("poison", Parcels.TriesMax), (held.Parcel.Id, held.Parcel.Attempts));
        Assert.NotNull(held.ParkedAt);
        Assert.Contains("poison", held.Error, StringComparison.Ordinal);
        Assert.Empty(await office.Parcels.Held(new MarketplaceId("another")));
        Assert.False(await office.Parcels.Retry(new MarketplaceId("another"), Given.OrderId, "poison"));
        Assert.True(await office.Parcels.Retry(Given.Marketplace, Given.OrderId, "poison"));
        outbox.Wake();
        await office.Until(async () => await office.Waiting() == 1);
    }

    [Fact]
    public async Task What_is_refused_for_good_or_carried_by_nobody_is_parked_at_once()
    {
        await using var office = await PostOffice.Opened();
        await office.Put(office.Parcel("no", lane: "a"), office.Parcel("strange", kind: "strange"));
        await office.Start(new TestCourier((_, _) => throw new UndeliverableException("550 no such person")));
        await office.Until(async () => await office.Waiting() == 0);
        Assert.Equal(2, (await office.Parcels.Held(Given.Marketplace)).Count);
    }

    [Fact]
    public async Task A_lane_keeps_its_order_and_holds_up_no_other()
    {
        await using var office = await PostOffice.Opened();
        var failures = 1;
        await office.Put(
            office.Parcel("a.10", 2, "a"), office.Parcel("a.2", 2, "a"), office.Parcel("a.1", 1, "a"),
            office.Parcel("b.1", 1, "b"));
        await office.Start(new TestCourier((parcel, _) =>
        {
            if (parcel.Id == "a.1" && Interlocked.Decrement(ref failures) >= 0) throw new IOException("not now");
            _tried.Enqueue(parcel.Id);
            return Task.CompletedTask;
        }));
        await office.Until(async () => await office.Waiting() == 3);
        await office.Until(async () => await office.Waiting() == 0, Hour);
        Assert.Equal(["b.1", "a.1", "a.2", "a.10"], _tried);
    }

    [Fact]
    public async Task A_courier_that_hangs_is_left_after_a_minute_and_blocks_nobody()
    {
        await using var office = await PostOffice.Opened();
        await office.Put(office.Parcel("hangs", lane: "a"), office.Parcel("good", lane: "b"));
        await office.Start(new TestCourier((parcel, _) =>
            parcel.Id == "hangs" ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask));
        await office.Until(async () => await office.Waiting() == 1);
        await office.Until(async () => await office.Failures("hangs") > 0, Duration.FromSeconds(1));
    }

    [Fact]
    public async Task What_a_killed_centre_had_in_its_hands_is_delivered_by_the_next()
    {
        await using var office = await PostOffice.Opened();
        await office.Put(office.Parcel("a.1"));
        Assert.Single(await office.Parcels.Take(8));
        Assert.Empty(await office.Parcels.Take(8));
        await office.Start(new TestCourier((parcel, _) =>
        {
            _tried.Enqueue(parcel.Id);
            return Task.CompletedTask;
        }));
        await office.Until(async () => await office.Waiting() == 0, Duration.FromMinutes(1));
        Assert.Equal(["a.1"], _tried);
    }

    [Fact]
    public async Task Two_outboxes_deliver_each_parcel_once()
    {
        await using var office = await PostOffice.Opened();
        await office.Put([.. Enumerable.Range(0, 60).Select(n => office.Parcel($"p.{n}", lane: $"{n % 20}"))]);
        var courier = new TestCourier(async (parcel, stop) =>
        {
            await Task.Delay(2, stop);
            _tried.Enqueue(parcel.Id);
        });
        await office.Start(courier);
        await office.Start(courier);
        await office.Until(async () => await office.Waiting() == 0);
        Assert.Equal(60, _tried.Count);
        Assert.Equal(60, _tried.Distinct().Count());
    }

    private TestCourier Failing() => new((parcel, _) =>
    {
        _tried.Enqueue(parcel.Id);
        throw new IOException("not now");
    });
}

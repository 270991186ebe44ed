using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Desk;
using static Entente.Tests.Desk.OpenDesk;

namespace Entente.Tests.Storage;

public sealed class DisputeQueriesTests : IAsyncLifetime
{
    private OpenDesk _desk = null!;
    private DisputeQueries _queries = null!;
    private readonly List<DisputeId> _ids = [];

    /// <summary>Five disputes opened a day apart; the first closed, the second before the platform.</summary>
    public async ValueTask InitializeAsync()
    {
        _desk = await OpenDesk.Ready();
        _queries = new(_desk.Centre.Database);
        for (var number = 0; number < 5; number++)
        {
            await _desk.Orders.Import(Here, [Handed($"B-{number}")]);
            var done = Assert.IsType<Reply.Done>(await _desk.Door.Open(
                OrderId.Of(Here, $"B-{number}"), _desk.Claim(), Buyer, Buyer.Principal));
            _ids.Add(done.Dispute.Id);
            _desk.Centre.Time.Advance(TimeSpan.FromHours(6));
        }
        await _desk.Ask(_ids[0], new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, null), Buyer);
        await _desk.Ask(_ids[1], new DeclineOffer(1, null), Seller);
        Assert.IsType<Reply.Done>(await _desk.Ask(_ids[1], new FileComplaint(null), Buyer));
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_without_gap_or_repetition()
    {
        var (seen, after) = (new List<DisputeId>(), (string?)null);
        do
        {
            var page = await OfBuyer(new(), after, 2);
            seen.AddRange(page.Rows.Select(row => row.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(5, seen.Count);
        Assert.Equal(_ids[0], seen[^1]);
    }

    [Fact]
    public async Task What_is_due_first_comes_first()
    {
        var rows = (await OfBuyer(new())).Rows.Where(row => row.Due is not null).ToList();
        Assert.Equal(rows.OrderBy(row => row.Due), rows);
    }

    [Theory]
    [InlineData(ListPart.All, 5)]
    [InlineData(ListPart.WaitsForMe, 1)]
    [InlineData(ListPart.WaitsForOthers, 3)]
    [InlineData(ListPart.Closed, 1)]
    public async Task Each_part_holds_its_own(ListPart part, int count) =>
        Assert.Equal(count, (await OfBuyer(new(part))).Rows.Count);

    [Fact]
    public async Task Counts_agree_with_the_lists()
    {
        var counts = await _queries.CountsOfParty(Here, Role.Buyer, [_desk.Order.Buyer]);
        Assert.Equal((1, 3, 1, 5), (counts.WaitsForMe, counts.WaitsForOthers, counts.Closed, counts.All));
        Assert.Equal(1, (await _queries.CountsOfDesk(Here, new("person-examiner"))).Closed);
    }

    [Fact]
    public async Task A_dispute_is_found_by_its_reference_its_id_and_its_order()
    {
        foreach (var text in new[]
            { _ids[2].Reference, _ids[2].Reference.ToLowerInvariant(), _ids[2].ToString(), "B-2" })
            Assert.Equal([_ids[2]], (await OfBuyer(new(Order: text))).Rows.Select(row => row.Id));
        Assert.Empty((await OfBuyer(new(Order: "B-99"))).Rows);
    }

    [Fact]
    public async Task Lists_are_narrowed_by_stage_and_reason()
    {
        Assert.Equal([_ids[1]], (await OfBuyer(new(Stage: Stage.Review))).Rows.Select(row => row.Id));
        Assert.Empty((await OfBuyer(new(Reason: Reason.Late))).Rows);
    }

    [Fact]
    public async Task A_seller_sees_their_own_alone_and_no_other_marketplaces()
    {
        Assert.Equal(5, (await _queries.OfParty(Here, Role.Seller, [_desk.SellerOf(1)], new())).Rows.Count);
        Assert.Empty((await _queries.OfParty(Here, Role.Seller, [_desk.SellerOf(3)], new())).Rows);
        Assert.Empty((await _queries.OfParty(new("elsewhere"), Role.Seller, [_desk.SellerOf(1)], new())).Rows);
        Assert.Empty((await _queries.OfParty(Here, Role.Seller, [], new())).Rows);
    }

    [Fact]
    public async Task Who_examines_is_told_to_the_platform_alone()
    {
        var examiner = new Actor(ActorKind.Person, Role.Examiner, "person-examiner");
        await _desk.Ask(_ids[1], new Assign(new("person-examiner"), IsParty: false), examiner);
        Assert.Null((await OfBuyer(new(Stage: Stage.Review))).Rows[0].Examiner);
        var desk = await _queries.OfDesk(Here, new("person-examiner"), new(Stage: Stage.Review));
        Assert.Equal(new PersonId("person-examiner"), desk.Rows[0].Examiner);
    }

    [Fact]
    public async Task A_made_up_place_begins_the_list_anew() =>
        Assert.Equal(5, (await OfBuyer(new(), "12-'; DROP TABLE dispute; --")).Rows.Count);

    private Task<DisputePage> OfBuyer(ListFilter filter, string? after = null, int count = 50) =>
        _queries.OfParty(Here, Role.Buyer, [_desk.Order.Buyer], filter, after, count);

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }
}

using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>A new dispute about lines that a closed one was about, and a party that opens none for now.</summary>
public class AnewTests
{
    private static readonly DisputeId First = DisputeId.Of(TwoSellers().Id, [9, 9, 9, 9, 9, 9, 9, 9, 9, 9]);

    [Fact]
    public void A_new_dispute_about_the_same_lines_is_linked_to_the_closed_one()
    {
        var world = After(Closed(0)).Does(Role.Buyer, Open());
        Assert.Equal(First, world.Dispute.Opening.Earlier);
        Assert.Equal(1200, world.Dispute.Opening.RefundableCap);
    }

    [Theory]
    [InlineData(Role.Seller, 1, true)]
    [InlineData(Role.Buyer, 2, true)]
    [InlineData(Role.Buyer, 1, false)]
    public void Another_sides_claim_other_lines_and_another_seller_are_another_matter(Role opener, int line, bool same)
    {
        var other = Closed(0) with { Opener = opener, Lines = [line], Seller = same ? Seller : OtherSeller };
        Assert.Null(After(other).Does(Role.Buyer, Open()).Dispute.Opening.Earlier);
    }

    [Fact]
    public void What_the_closed_one_returned_is_not_returned_again()
    {
        // Two cups at 12.00 with their freight: 24.00 in all, of which 20.00 came back.
        var world = After(Closed(2000)).Does(Role.Buyer, Open());
        Assert.Equal(400, world.Dispute.Opening.RefundableCap);
        Assert.Equal(400, world.Dispute.Opening.Sought[0].Amount);
        Assert.Equal(RefusalCode.AmountAboveRefundable, After(Closed(2000)).Refuses(Role.Buyer, Open(Partial(401))));
    }

    [Fact]
    public void Where_it_stands_in_for_a_reopening_the_rules_count_it()
    {
        var world = After(Closed(0), Closed(0) with { ClosedAt = Start - Duration.FromHours(5) });
        world.Policy = Coverage(2);
        world.Does(Role.Buyer, Open());
        Assert.Equal(First, world.Dispute.Opening.Earlier);
        var again = After(Closed(0), Closed(0));
        again.Policy = Coverage(1);
        Assert.Equal(RefusalCode.ReopenedTooOften, again.Refuses(Role.Buyer, Open()));
    }

    [Fact]
    public void A_closed_dispute_under_such_rules_says_that_a_new_one_takes_its_place()
    {
        var world = Opened(Coverage(1)).UntilClosed();
        Assert.Equal(RefusalCode.ReopeningIsANewDispute, world.Refuses(
            Role.Buyer, new RequestReopening(ReopeningGround.NewEvidence, Text("Look"))));
    }

    [Fact]
    public void A_restricted_party_opens_no_dispute_until_its_measure_ends()
    {
        var world = new World();
        world.Restriction = new(First, 1, MeasureKind.Restrict, Start, Start + Duration.FromDays(2));
        Assert.Equal(RefusalCode.PartyIsRestricted, world.Refuses(Role.Buyer, Open()));
        world.Days(2).Does(Role.Buyer, Open());
    }

    [Fact]
    public void A_measure_restricts_for_as_long_as_the_rules_say_unless_it_is_lifted()
    {
        var world = BreachTests.Measured(new(MeasureKind.Suspend), new(MeasureKind.Warn));
        var kept = Assert.Single(Sanctioning.Restrictions(world.Dispute, Role.Seller, world.Policy));
        Assert.Equal((MeasureKind.Suspend, kept.Since + Duration.FromDays(90)), (kept.Kind, kept.Until));
        Assert.Empty(Sanctioning.Restrictions(world.Dispute, Role.Buyer, world.Policy));
        world.Does(Role.Seller, new AppealMeasure(1, Text("Unfair")));
        Assert.Single(Sanctioning.Restrictions(world.Dispute, Role.Seller, world.Policy));
        world.Does(Role.Examiner, new RuleOnMeasure(1, true, Text("Lifted")));
        Assert.Empty(Sanctioning.Restrictions(world.Dispute, Role.Seller, world.Policy));
    }

    private static EarlierDispute Closed(long returned) =>
        new(First, Role.Buyer, Seller, [1], returned, Start - Duration.FromHours(1));

    private static World After(params EarlierDispute[] earlier) => new() { Earlier = earlier.ToValueList() };

    private static Policy Coverage(int count) => Standard(rules => rules with
    {
        Reopening = rules.Reopening with { Mode = ReopeningMode.NewDisputeWithinCoverage, Count = count },
    });
}

using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class EvidenceTests
{
    [Fact]
    public void Open_and_sealed_exhibits_are_numbered_in_series_of_their_own()
    {
        var world = Opened()
            .Does(Role.Buyer, Shows("a"))
            .Does(Role.Seller, Shows("b", Text("My supplier's price")))
            .Does(Role.Seller, Shows("c"))
            .Does(Role.Buyer, Shows("d", Text("My doctor's letter")));
        Assert.Equal(
            [(1, Audience.All), (1, Audience.SellerAndPlatform), (2, Audience.All), (1, Audience.BuyerAndPlatform)],
            world.Dispute.Exhibits.Select(exhibit => (exhibit.No, exhibit.Audience)));
    }

    [Fact]
    public void A_withdrawn_exhibit_leaves_its_number()
    {
        var world = Opened().Does(Role.Buyer, Shows("a")).Does(Role.Buyer, new WithdrawEvidence(new("exhibit-a")))
            .Does(Role.Buyer, Shows("b"));
        Assert.True(world.Dispute.Exhibits[0].Withdrawn);
        Assert.Equal(2, world.Dispute.Exhibits[1].No);
        Assert.Equal(RefusalCode.ExhibitAlreadyWithdrawn,
            world.Refuses(Role.Buyer, new WithdrawEvidence(new("exhibit-a"))));
    }

    [Fact]
    public void What_a_side_has_shown_stays_once_its_time_for_evidence_is_over()
    {
        var world = InReview().Does(Role.Buyer, Shows("a")).Does(Role.Seller, Shows("b"));
        var due = world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!.Due;
        world.Now = due - Duration.FromSeconds(1);
        world.Does(Role.Seller, new WithdrawEvidence(new("exhibit-b")))
            .Does(Role.Seller, Shows("c"));
        Assert.DoesNotContain(world.Dispute.Exhibits, exhibit => exhibit.Fixed);
        world.Now = due;
        foreach (var (side, exhibit) in new[] { (Role.Buyer, "exhibit-a"), (Role.Seller, "exhibit-c") })
            Assert.Equal(RefusalCode.ExhibitIsFixed, world.Refuses(side, new WithdrawEvidence(new(exhibit))));
        Assert.Equal(["exhibit-a", "exhibit-b", "exhibit-c"],
            world.Dispute.Exhibits.Where(exhibit => exhibit.Fixed).Select(exhibit => exhibit.Id.Value));
    }

    [Fact]
    public void Giving_up_the_rest_of_ones_time_fixes_what_was_shown_also_when_more_is_asked_for()
    {
        var world = InReview().Does(Role.Buyer, Shows("a"));
        world.Does(Role.Buyer, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!.Id))
            .Does(Role.Examiner, new RequestEvidence([Role.Buyer], [], Text("Once more."),
                world.Now + Duration.FromHours(1)))
            .Does(Role.Buyer, Shows("b"));
        Assert.Equal(RefusalCode.ExhibitIsFixed, world.Refuses(Role.Buyer, new WithdrawEvidence(new("exhibit-a"))));
        world.Does(Role.Buyer, new WithdrawEvidence(new("exhibit-b")));
    }

    [Fact]
    public void A_sealed_exhibit_of_the_other_side_is_as_unknown_as_none()
    {
        var world = Opened().Does(Role.Seller, Shows("a", Text("Secret"))).Does(Role.Buyer, Shows("b"))
            .Does(Role.Seller, Shows("c"));
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Buyer, new WithdrawEvidence(new("exhibit-a"))));
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Buyer, new WithdrawEvidence(new("nothing"))));
        Assert.Equal(RefusalCode.ExhibitNotYours, world.Refuses(Role.Buyer, new WithdrawEvidence(new("exhibit-c"))));
    }

    [Fact]
    public void Limits_titles_and_reasons_are_checked()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.TextIsEmpty, world.Refuses(Role.Buyer, Shows() with { Title = Text(" ") }));
        Assert.Equal(RefusalCode.SealingNeedsReason, world.Refuses(Role.Buyer, Shows("x", Text(" "))));
        for (var no = 0; no < 5; no++) world.Does(Role.Buyer, Shows($"n{no}"));
        Assert.Equal(RefusalCode.EvidenceLimitReached, world.Refuses(Role.Buyer, Shows("one-more")));
        world.Does(Role.Seller, Shows("theirs"));
    }

    [Fact]
    public void What_comes_after_its_sides_evidence_time_is_kept_and_marked_late()
    {
        var world = InReview().Does(Role.Buyer, Shows("a"));
        Assert.False(world.Dispute.Exhibits[0].Late);
        world.Does(Role.Buyer, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!.Id));
        world.Does(Role.Buyer, Shows("b"));
        Assert.True(world.Dispute.Exhibits[1].Late);
    }

    [Fact]
    public void Whoever_shows_something_in_review_is_not_threatened_with_silence_any_more()
    {
        var world = InReview();
        var before = world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!;
        Assert.Equal(Consequence.ClaimIsDismissed, before.Otherwise);
        world.Does(Role.Buyer, Shows("a"));
        var after = world.Dispute.TermOf(TermKind.Evidence, Role.Buyer)!;
        Assert.Equal((Consequence.DecidedOnFile, before.Due), (after.Otherwise, after.Due));
    }

    [Fact]
    public void The_examiner_asks_for_evidence_by_a_date_before_the_decision()
    {
        var world = ReadyToDecide();
        RequestEvidence Request(double days, params Role[] from) =>
            new(from.ToValueList(), [ExhibitKind.Invoice], Text("The invoice, please"),
                world.Now + Duration.FromDays(days));
        Assert.Equal(RefusalCode.DueNotInFuture, world.Refuses(Role.Examiner, Request(0, Role.Seller)));
        Assert.Equal(RefusalCode.DueAfterDecision, world.Refuses(Role.Examiner, Request(60, Role.Seller)));
        Assert.Equal(RefusalCode.RequestHasNoAddressee, world.Refuses(Role.Examiner, Request(1)));
        Assert.Equal(RefusalCode.RequestHasNoAddressee, world.Refuses(Role.Examiner, Request(1, Role.Examiner)));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Buyer, Request(1, Role.Seller)));
        world.Does(Role.Examiner, Request(1, Role.Seller));
        Assert.Equal(Role.Seller, world.Dispute.Head!.Who);
        Assert.Equal(RefusalCode.EvidenceTimeRuns, world.Refuses(Role.Examiner, Decision()));
    }
}

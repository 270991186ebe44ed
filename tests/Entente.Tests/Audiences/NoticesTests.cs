using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Tests.Audiences;

public class NoticesTests
{
    [Fact]
    public void The_other_side_is_told_and_nobody_of_their_own_act()
    {
        var notice = Assert.Single(Of(Given.Opened(), given => given.Says(Role.Buyer, "Hello")));
        Assert.Equal((Role.Seller, "message_posted", Who.Buyer), (notice.To, notice.Kind, notice.By));
        Assert.Equal((TermKind.Answer, Given.Start + Duration.FromDays(5)), (notice.Task!.Value, notice.Due!.Value));
    }

    [Fact]
    public void What_a_rule_did_is_told_to_both_sides() =>
        Assert.Equal([Role.Buyer, Role.Seller], Of(Given.Opened(), given => given.With(new AnswerMissed(Role.Seller))).Select(notice => notice.To));

    [Fact]
    public void What_is_said_in_private_is_told_to_those_who_may_read_it()
    {
        var toPlatform = Assert.Single(Of(Given.Opened(), given => given.Says(Role.Seller, "Between us", Audience.SellerAndPlatform)));
        Assert.Equal(Role.Examiner, toPlatform.To);
        var toBuyer = Assert.Single(Of(Assigned(), given => given.Says(Role.Examiner, "A question", Audience.BuyerAndPlatform)));
        Assert.Equal((Role.Buyer, Audience.BuyerAndPlatform, 1), (toBuyer.To, toBuyer.Audience, toBuyer.N));
        Assert.Empty(Of(Assigned(), given => given.Says(Role.Examiner, "A note", Audience.Staff)));
    }

    [Fact]
    public void Several_facts_of_one_command_are_one_notice_of_the_weightiest()
    {
        var notices = Of(Given.Opened(), given => given
            .With(new OfferMade(2, Role.Seller, [Given.Refund()], null))
            .With(new SettlementReached(2, 1, [Given.Refund()], [], []), Role.Seller));
        Assert.Equal("settlement_reached", Assert.Single(notices).Kind);
    }

    [Fact]
    public void A_complaint_reaches_the_queue_and_then_whoever_is_in_charge()
    {
        var queue = Of(Given.Opened(), given => given.With(new ComplaintFiled(Role.Buyer, null)));
        Assert.Equal([(Role.Seller, null), (Role.Examiner, (PersonId?)null)], queue.Select(notice => (notice.To, notice.Person)));
        var later = Of(Assigned(), given => given.Says(Role.Buyer, "More"));
        Assert.Equal([(Role.Seller, null), (Role.Examiner, (PersonId?)Given.Examiner)], later.Select(notice => (notice.To, notice.Person)));
    }

    [Fact]
    public void A_decision_and_the_closing_reach_both_sides_and_a_missed_decision_the_supervisors()
    {
        var decided = Of(Assigned(), given => given.With(new Decided(1, [], [], [Given.Refund()], [], [])));
        Assert.Equal([Role.Buyer, Role.Seller], decided.Select(notice => notice.To));
        Assert.All(decided, notice => Assert.Equal("decided", notice.Kind));
        var closed = Of(Given.Opened(), given => given.With(new DisputeClosed(ClosingReason.Lapsed, null, false, null)));
        Assert.Equal([(Role.Buyer, (TermKind?)null), (Role.Seller, null)], closed.Select(notice => (notice.To, notice.Task)));
        var missed = Of(Given.Opened(), given => given.With(new PassedToSupervisor(TermKind.Decision)));
        Assert.Contains(missed, notice => notice.To == Role.Operator);
    }

    private static Given Assigned() =>
        Given.Opened().With(new ComplaintFiled(Role.Buyer, null)).With(new ExaminerAssigned(Given.Examiner));

    private static ValueList<Notice> Of(Given before, Func<Given, Given> act)
    {
        var after = act(before);
        return Notices.For(before.Dispute, after.Dispute, [.. after.Facts.Skip(before.Facts.Count)]);
    }
}

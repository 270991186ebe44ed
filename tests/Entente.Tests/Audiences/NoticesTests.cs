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
    public void What_a_rule_did_is_told_to_both_sides()
    {
        var notices = Of(Given.Opened(), given => given.With(new AnswerMissed(Role.Seller)));
        Assert.Equal([Role.Buyer, Role.Seller], notices.Select(notice => notice.To));
    }

    [Fact]
    public void What_is_said_in_private_is_told_to_those_who_may_read_it()
    {
        var toPlatform = Assert.Single(
            Of(Given.Opened(), given => given.Says(Role.Seller, "Between us", Audience.SellerAndPlatform)));
        Assert.Equal(Role.Examiner, toPlatform.To);
        var toBuyer = Assert.Single(
            Of(Assigned(), given => given.Says(Role.Examiner, "A question", Audience.BuyerAndPlatform)));
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
        Assert.Equal([(Role.Seller, null), (Role.Examiner, null)], queue.Select(Addressee));
        var later = Of(Assigned(), given => given.Says(Role.Buyer, "More"));
        Assert.Equal([(Role.Seller, null), (Role.Examiner, Given.Examiner)], later.Select(Addressee));
    }

    [Fact]
    public void A_decision_and_the_closing_reach_both_sides_and_a_missed_decision_the_supervisors()
    {
        var decided = Of(Assigned(), given => given.With(new Decided(1, [], [], [Given.Refund()], [], [])));
        Assert.Equal([Role.Buyer, Role.Seller], decided.Select(notice => notice.To));
        Assert.All(decided, notice => Assert.Equal("decided", notice.Kind));
        var closing = new DisputeClosed(ClosingReason.Lapsed, null, false, null);
        var closed = Of(Given.Opened(), given => given.With(closing));
        Assert.Equal([Role.Buyer, Role.Seller], closed.Select(notice => notice.To));
        Assert.All(closed, notice => Assert.Null(notice.Task));
        var missed = Of(Given.Opened(), given => given.With(new PassedToSupervisor(TermKind.Decision)));
        Assert.Contains(missed, notice => notice.To == Role.Operator);
    }

    private static (Role, PersonId?) Addressee(Notice notice) => (notice.To, notice.Person);

    private static Given Assigned() =>
        Given.Opened().With(new ComplaintFiled(Role.Buyer, null)).With(new ExaminerAssigned(Given.Examiner));

    private static ValueList<Notice> Of(Given before, Func<Given, Given> act)
    {
        var after = act(before);
        return Notices.For(before.Dispute, after.Dispute, [.. after.Facts.Skip(before.Facts.Count)]);
    }
}

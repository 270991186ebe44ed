using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>Contests of exhibits, late exhibits, and waiting for somebody outside.</summary>
public class ContestTests
{
    private static ContestEvidence Contest(string exhibit = "exhibit-a") =>
        new(new(exhibit), ContestGround.NotThisOrder, Text("That is another cup."));

    private static ValueList<PersonalText> Both(string words) => [Text(words), Text(words, "fr")];

    private static World Contested() => Opened().Does(Role.Buyer, Shows("a")).Does(Role.Seller, Contest());

    private static World Decidable(World world)
    {
        if (world.Dispute.Stage == Stage.Negotiation) world.Days(4).Does(Role.Buyer, new FileComplaint(null));
        world.Does(Role.Examiner, new Assign(Examiner, false));
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            if (world.Dispute.TermOf(TermKind.Evidence, side) is { } term) world.Does(side, new WaiveTerm(term.Id));
        return world;
    }

    [Fact]
    public void A_decision_answers_every_open_contest()
    {
        var world = Decidable(Contested());
        Assert.Equal(RefusalCode.ContestUnanswered, world.Refuses(Role.Examiner, Decision([1])));
        Assert.Equal(RefusalCode.ExhibitDoesNotCount, world.Refuses(Role.Examiner, Decision([1]) with
        {
            Contests = [new(1, ContestAnswer.Upheld, Both("Another cup."))],
        }));
        Assert.Equal(RefusalCode.LanguageMissing, world.Refuses(Role.Examiner, Decision([1]) with
        {
            Contests = [new(1, ContestAnswer.Rejected, [Text("The same cup.")])],
        }));
        world.Does(Role.Examiner, Decision([1]) with
        {
            Contests = [new(1, ContestAnswer.Rejected, Both("The same cup."))],
        });
        Assert.Collection(world.Last, first => Assert.IsType<ContestAnswered>(first), then =>
            Assert.IsType<Decided>(then));
    }

    [Fact]
    public void A_contest_can_be_answered_before_the_decision()
    {
        var world = Decidable(Contested());
        Assert.Equal(RefusalCode.RoleMayNot,
            world.Refuses(Role.Buyer, new AnswerContest(1, ContestAnswer.Upheld, Both("Yes."))));
        Assert.Equal(RefusalCode.ContestNotOpen,
            world.Refuses(Role.Examiner, new AnswerContest(2, ContestAnswer.Upheld, Both("Yes."))));
        world.Does(Role.Examiner, new AnswerContest(1, ContestAnswer.LeftOpen, Both("It does not matter.")));
        Assert.Equal(RefusalCode.ContestNotOpen,
            world.Refuses(Role.Examiner, new AnswerContest(1, ContestAnswer.Upheld, Both("Yes."))));
        world.Does(Role.Examiner, Decision([1]));
    }

    [Fact]
    public void Each_side_contests_an_exhibit_of_somebody_else_once()
    {
        var world = Contested();
        Assert.Equal(RefusalCode.ExhibitAlreadyContested,
            world.Does(Role.Buyer, Shows("b")).Refuses(Role.Seller, Contest()));
        Assert.Equal(RefusalCode.NothingToContestHere, world.Refuses(Role.Buyer, Contest()));
        world.Does(Role.Seller, Shows("c")).Does(Role.Seller, Shows("s", Text("Secret")));
        Assert.Equal(RefusalCode.ExhibitIsYourOwn, world.Refuses(Role.Buyer, Contest()));
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Buyer, Contest("exhibit-s")));
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Buyer, Contest("nothing")));
        Assert.Equal(RefusalCode.TextIsEmpty,
            world.Refuses(Role.Buyer, Contest("exhibit-c") with { Text = Text(" ") }));
        world.Does(Role.Seller, new WithdrawEvidence(new("exhibit-c"))).Does(Role.Seller, Shows("d"));
        Assert.Equal(RefusalCode.ExhibitAlreadyWithdrawn, world.Refuses(Role.Buyer, Contest("exhibit-c")));
    }

    [Fact]
    public void The_contest_of_a_withdrawn_exhibit_has_lost_its_object()
    {
        var world = Contested().Does(Role.Buyer, new WithdrawEvidence(new("exhibit-a")));
        Assert.Empty(world.Dispute.OpenContests);
        Decidable(world).Does(Role.Examiner, Decision());
    }

    [Fact]
    public void Late_evidence_counts_once_admitted_and_the_other_side_answers_it()
    {
        var world = ReadyToDecide().Does(Role.Buyer, Shows("a"));
        Assert.Equal(RefusalCode.ExhibitCameLate, world.Refuses(Role.Examiner, Decision([1])));
        Assert.Equal(RefusalCode.RoleMayNot,
            world.Refuses(Role.Buyer, new AdmitLateEvidence(new("exhibit-a"), Text("So"))));
        Assert.Equal(RefusalCode.ExhibitUnknown,
            world.Refuses(Role.Examiner, new AdmitLateEvidence(new("x"), Text("So"))));
        var decision = world.Dispute.TermOf(TermKind.Decision, Role.Examiner)!.Due;
        world.Does(Role.Examiner, new AdmitLateEvidence(new("exhibit-a"), Text("The carrier was slow.")));
        var reply = world.Dispute.TermOf(TermKind.Evidence, Role.Seller)!;
        Assert.Equal(decision + (reply.Due - world.Now), world.Dispute.TermOf(TermKind.Decision, Role.Examiner)!.Due);
        Assert.Equal(RefusalCode.EvidenceTimeRuns, world.Refuses(Role.Examiner, Decision([1])));
        Assert.Equal(RefusalCode.ExhibitNotLate,
            world.Refuses(Role.Examiner, new AdmitLateEvidence(new("exhibit-a"), Text("So"))));
        world.Does(Role.Seller, new WaiveTerm(reply.Id)).Does(Role.Examiner, Decision([1]));
    }

    private static AwaitThirdParty Carrier(World world, double days = 5, Role owner = Role.Seller) => new(
        ThirdParty.Carrier, owner, world.Now + Duration.FromDays(days), Text("Where did it go?"));

    [Fact]
    public void A_carriers_answer_is_awaited_and_the_decisions_time_stands_still()
    {
        var world = ReadyToDecide();
        var due = world.Dispute.TermOf(TermKind.Decision, Role.Examiner)!.Due;
        world.Does(Role.Examiner, Carrier(world));
        Assert.Null(world.Dispute.TermOf(TermKind.Decision, Role.Examiner));
        Assert.Equal(Role.Seller, world.Dispute.Head!.Who);
        Assert.Equal(RefusalCode.InquiryRuns, world.Refuses(Role.Examiner, Decision()));
        Assert.Equal(RefusalCode.InquiryNotYours, world.Refuses(Role.Buyer, new AnswerInquiry(1, Text("Lost."))));
        Assert.Equal(RefusalCode.InquiryNotOpen, world.Refuses(Role.Seller, new AnswerInquiry(2, Text("Lost."))));
        world.Days(2).Does(Role.Seller, new AnswerInquiry(1, Text("It was lost.")));
        Assert.Equal(due + Duration.FromDays(2), world.Dispute.TermOf(TermKind.Decision, Role.Examiner)!.Due);
        Assert.Equal(RefusalCode.InquiryNotOpen, world.Refuses(Role.Examiner, new AnswerInquiry(1, Text("Lost."))));
    }

    [Fact]
    public void Waiting_is_bounded_owned_counted_and_ends_by_itself()
    {
        var world = ReadyToDecide();
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Seller, Carrier(world)));
        Assert.Equal(RefusalCode.DueNotInFuture, world.Refuses(Role.Examiner, Carrier(world, 0)));
        Assert.Equal(RefusalCode.InquiryTooLong, world.Refuses(Role.Examiner, Carrier(world, 400)));
        Assert.Equal(RefusalCode.InquiryHasNoOwner, world.Refuses(Role.Examiner, Carrier(world, 2, Role.Operator)));
        for (var count = 0; count < world.Policy.Rules.Review.ThirdPartyCount; count++)
        {
            world.Does(Role.Examiner, Carrier(world, 1));
            world.Lapse();
            Assert.Contains(world.Last, happened => happened is InquiryEnded);
        }
        Assert.Equal(RefusalCode.InquiriesUsedUp, world.Refuses(Role.Examiner, Carrier(world)));
        world.UntilClosed();
    }
}

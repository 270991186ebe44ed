using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Words;
using Entente.Tests.Disputes;

namespace Entente.Tests.Policies;

public class TimetableTests
{
    private static readonly Policy Demo = PolicyDocument.Read(Presets.Bytes("demo")).Policy! with { Version = 1 };

    public static TheoryData<Reason, RemedyKind> Cases
    {
        get
        {
            var cases = new TheoryData<Reason, RemedyKind>();
            foreach (var reason in Enum.GetValues<Reason>())
                foreach (var remedy in Enum.GetValues<RemedyKind>().Where(remedy => remedy.Answers(reason)))
                    cases.Add(reason, remedy);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_is_announced_before_opening_is_what_the_opening_starts(Reason reason, RemedyKind remedy)
    {
        var world = Opened(reason, remedy);
        var announced = Timetable.For(Demo, reason, remedy, World.Start, Opener(reason));
        Assert.Equal(
            world.Dispute.Terms.Select(term => (term.Kind, term.Who, term.Due, term.Rule, term.Otherwise)),
            announced.Where(entry => entry is { Due: not null, Kind: not null })
                .Select(entry => (entry.Kind!.Value, entry.Who, entry.Due!.Value, entry.Rule, entry.Otherwise!.Value)));
        var complaint = announced.Single(entry => entry is { Kind: null, After: TimetableStart.Opening });
        Assert.Equal(world.Dispute.Opening.ComplaintFrom, complaint.Due);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Nothing_runs_that_was_not_announced(Reason reason, RemedyKind remedy)
    {
        foreach (var world in (World[])[Opened(reason, remedy), Agreed(reason, remedy), Decided(reason, remedy)])
        {
            world.UntilClosed();
            var announced = Timetable.For(Demo, reason, remedy, World.Start, Opener(reason))
                .Where(entry => entry.Kind is not null)
                .Select(entry => (entry.Kind!.Value, entry.Who, entry.Rule, entry.Otherwise!.Value));
            var ran = world.Facts.SelectMany(fact => fact.Event.Starts)
                .Select(term => (term.Kind, term.Who, term.Rule, term.Otherwise))
                .Where(term => term.Kind != TermKind.OfferAnswer);
            Assert.Empty(ran.Except(announced));
        }
    }

    [Theory]
    [InlineData("en", "The seller answers by 5 November 2026 at 10:00 (Paris time).", "Otherwise: a complaint ")]
    [InlineData("fr", "Le vendeur répond au plus tard le 5 novembre 2026 à 10 h 00 (heure de Paris).", "Sinon : ")]
    public void Each_deadline_is_said_with_what_happens_otherwise(string language, string what, string otherwise)
    {
        var speaker = WordBook.Load().For(language, DateTimeZoneProviders.Tzdb["Europe/Paris"]);
        var first = Timetable.For(Demo, Reason.Damaged, RemedyKind.FullRefund, World.Start)[0];
        Assert.Equal(what, Plain(speaker.Say(first.What)));
        Assert.StartsWith(otherwise, Plain(speaker.Say(first.OtherwiseWhat!)));
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_deadline_can_be_said_in_every_language(Reason reason, RemedyKind remedy)
    {
        var book = WordBook.Load();
        foreach (var speaker in book.Languages.Select(language => book.For(language, DateTimeZone.Utc)))
            foreach (var entry in Timetable.For(TestPolicy.Standard, reason, remedy, World.Start))
            {
                Assert.DoesNotContain('{', speaker.Say(entry.What));
                if (entry.OtherwiseWhat is { } otherwise) Assert.DoesNotContain('{', speaker.Say(otherwise));
            }
    }

    [Fact]
    public void A_policy_that_gives_no_appeal_announces_none()
    {
        var policy = TestPolicy.With(rules => rules with { Appeal = rules.Appeal with { Window = null } });
        var announced = Timetable.For(policy, Reason.Damaged, RemedyKind.FullRefund, World.Start);
        Assert.DoesNotContain(announced, entry => entry.Kind == TermKind.AppealWindow);
    }

    private static World Opened(Reason reason, RemedyKind remedy)
    {
        var world = new World { Policy = Demo };
        return world.Does(Opener(reason), World.Open(Line(remedy), new ClaimItem(1, 1, reason)));
    }

    private static World Agreed(Reason reason, RemedyKind remedy) =>
        Opened(reason, remedy).Does(Opener(reason).Other(), new AcceptOffer(1));

    private static Role Opener(Reason reason) => reason.IsOf(Role.Buyer) ? Role.Buyer : Role.Seller;

    private static World Decided(Reason reason, RemedyKind remedy)
    {
        var world = Opened(reason, remedy);
        world.Days(4).Does(Opener(reason), new FileComplaint(null));
        world.Does(Role.Examiner, new Assign(World.Examiner, IsParty: false));
        foreach (var side in (Role[])[Role.Buyer, Role.Seller])
            world.Does(side, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, side)!.Id));
        var decision = World.Decision([], Line(remedy));
        return world.Does(Role.Examiner, decision with
        {
            Findings = [.. decision.Findings.Select(finding => finding with { Clause = "damage" })],
        });
    }

    private static RemedyLine Line(RemedyKind remedy) => new(
        remedy, [new(1, 1)],
        remedy is RemedyKind.PartialRefund or RemedyKind.Compensation or RemedyKind.PayBack
            or RemedyKind.Reimbursement ? 500 : null,
        remedy is RemedyKind.ReturnAndRefund or RemedyKind.Repair ? Role.Seller : null);

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}

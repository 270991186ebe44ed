using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Domain.Policies;

namespace Entente.Tests.Disputes;

/// <summary>
/// A dispute with the world around it: asks commands as the door does, with a clock that only moves when told to.
/// </summary>
public sealed class World
{
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 9, 0);
    public static readonly MarketplaceId Marketplace = new("market");
    public static readonly PartyId Buyer = new("party-buyer");
    public static readonly PartyId Seller = new("party-seller");
    public static readonly PartyId OtherSeller = new("party-other");
    public static readonly PersonId Examiner = new("person-examiner");
    public static readonly PersonId OtherExaminer = new("person-other-examiner");

    public Policy Policy { get; set; } = Standard();
    public Order Order { get; set; } = TwoSellers();
    public Instant Now { get; set; } = Start;
    public ValueList<Units> HeldElsewhere { get; set; } = [];
    public long? Returnable { get; set; }
    public OrderTill Till { get; set; } = OrderTill.Empty;
    public ValueList<EarlierDispute> Earlier { get; set; } = [];
    public Restriction? Restriction { get; set; }

    /// <summary>Which of the examiners acts.</summary>
    public PersonId OnDuty { get; set; } = Examiner;
    public Dispute Dispute { get; private set; }
    public List<Fact> Facts { get; } = [];
    /// <summary>The personal texts behind all facts.</summary>
    public List<PersonalText> Written { get; } = [];
    public List<DisputeEvent> Last { get; private set; } = [];

    public World() => Dispute = Dispute.Nothing(DisputeId.Of(Order.Id, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

    /// <summary>A buyer's damaged cup, full refund sought, right after the opening.</summary>
    public static World Opened(Policy? policy = null, RemedyLine? sought = null)
    {
        var world = new World();
        if (policy is not null) world.Policy = policy;
        world.Does(Role.Buyer, Open(sought));
        return world;
    }

    public static World InReview(Policy? policy = null)
    {
        var world = Opened(policy);
        world.Days(4).Does(Role.Buyer, new FileComplaint(null));
        world.Does(Role.Examiner, new Assign(Examiner, IsParty: false));
        return world;
    }

    /// <summary>In review with both sides' evidence time given up.</summary>
    public static World ReadyToDecide(Policy? policy = null)
    {
        var world = InReview(policy);
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            world.Does(side, new WaiveTerm(world.Dispute.TermOf(TermKind.Evidence, side)!.Id));
        return world;
    }

    /// <summary>A refund of 10.00 was agreed.</summary>
    public static World Settled(RemedyLine? line = null, Policy? policy = null)
    {
        var world = Opened(policy);
        world.Does(Role.Seller, new MakeOffer([line ?? Partial(1000)], null));
        world.Does(Role.Buyer, new AcceptOffer(2));
        return world;
    }

    public Answer Ask(Role role, DisputeCommand command)
    {
        if (role != Role.Rule) CatchUp();
        var answer = command.Judge(Dispute, ContextFor(role));
        if (answer is Accepted accepted) Take(accepted, role);
        return answer;
    }

    public World Does(Role role, DisputeCommand command)
    {
        if (Ask(role, command) is Refused refused) Assert.Fail($"{command.Move.Name} was refused: {refused.Refusal}");
        return this;
    }

    public RefusalCode Refuses(Role role, DisputeCommand command)
    {
        if (role != Role.Rule) CatchUp();
        var before = Dispute;
        var refused = Assert.IsType<Refused>(Ask(role, command));
        Assert.Equal(before, Dispute);
        return refused.Refusal.Code;
    }

    private void CatchUp()
    {
        while (Dispute.NextDue <= Now) Lapse();
    }

    public World Days(double days)
    {
        Now += Duration.FromDays(days);
        return this;
    }

    /// <summary>Lets the earliest term pass, at its very instant if that is still to come.</summary>
    public World Lapse()
    {
        var term = Dispute.Terms[0];
        if (Now < term.Due) Now = term.Due;
        return Does(Role.Rule, new Lapse(term.Id));
    }

    /// <summary>Everybody is silent for ever; gives the facts of each lapse.</summary>
    public World UntilClosed()
    {
        for (var step = 0; Dispute.IsOpen; step++)
        {
            Assert.True(step < 60, $"The dispute does not end: {string.Join("; ", Dispute.Terms)}");
            Lapse();
        }
        return this;
    }

    public Context ContextFor(Role role) => new(
        Dispute.Exists && Now < Dispute.LastAt ? Dispute.LastAt : Now, Acting(role), Policy,
        new OrderHead(Order, Returnable ?? Order.Captured, HeldElsewhere)
        {
            Till = Till, Earlier = Earlier, Restriction = Restriction,
        })
    {
        Unseal = text => TextBook.Of(Written).Show(text).Value,
    };

    private void Take(Accepted accepted, Role role)
    {
        Last = [.. accepted.Events];
        Written.AddRange(accepted.Texts);
        foreach (var happened in accepted.Events)
        {
            var fact = new Fact(Dispute.Version + 1, Dispute.Counts[(int)happened.Audience] + 1, Now, Acting(role),
                new CommandId($"c{Facts.Count}"), Policy.Stamp, happened);
            Dispute = Dispute.After(fact);
            Facts.Add(fact);
        }
        TermsHold.Check(Dispute);
    }

    private Actor Acting(Role role) =>
        role == Role.Examiner ? new(ActorKind.Person, role, OnDuty.Value) : ActorOf(role);

    public static Actor ActorOf(Role role) => role switch
    {
        Role.Buyer => new(ActorKind.Person, role, "person-buyer"),
        Role.Seller => new(ActorKind.Person, role, "person-seller"),
        Role.Examiner => new(ActorKind.Person, role, Examiner.Value),
        Role.Operator => new(ActorKind.Person, role, "person-operator"),
        Role.Rule => Actor.Rule("clock"),
        Role.Provider => new(ActorKind.Provider, role, "carrier"),
    };

    public static PersonalText Text(string words, string language = "en") =>
        new("person", language, words, new byte[16]);

    public static RemedyLine Full(int line = 1, int units = 1) => new(RemedyKind.FullRefund, [new(line, units)], null);

    public static RemedyLine Partial(long amount, int line = 1, int units = 1) =>
        new(RemedyKind.PartialRefund, [new(line, units)], amount);

    public static RemedyLine Of(RemedyKind kind, Role? freight = null, bool back = false) =>
        new(kind, [new(1, 1)], null, freight, back);

    public static OpenDispute Open(RemedyLine? sought = null, params ClaimItem[] items) => new(
        Marketplace, Seller, items.Length == 0 ? [new(1, 1, Reason.Damaged)] : items.ToValueList(),
        Text("One cup is broken."), [sought ?? Full()], ["en", "fr"]);

    public static AddEvidence Shows(string name = "a", PersonalText? seal = null) => new(
        new ExhibitId($"exhibit-{name}"), ExhibitKind.Photo, Text("Photo"), Text("photo.jpg"), Text("digest", "und"),
        "image/jpeg", 100, seal);

    public static DecideDispute Decision(ValueList<int>? relied = null, params RemedyLine[] lines) => new(
        [new FindingDraft([Text("Did it break?"), Text("Est-ce cassé ?", "fr")], FindingAnswer.ForBuyer, "C-1",
            relied ?? [])],
        [], lines.Length == 0 ? [Partial(700)] : lines.ToValueList(),
        [Text("Because."), Text("Parce que.", "fr")]);

    /// <summary>Two cups and a teapot from one seller, a book from another; 99.00 paid.</summary>
    public static Order TwoSellers() => new(
        OrderId.Of(Marketplace, "A-1001"), "A-1001", Buyer, "EUR", OrderStatus.Delivered,
        new OrderDates(Start - Duration.FromDays(10), Start - Duration.FromDays(10), Start - Duration.FromDays(8),
            Start - Duration.FromDays(3)),
        [
            new(1, Seller, "Cup", "CUP", 2, 1000, 400),
            new(2, Seller, "Teapot", null, 1, 2500, 0),
            new(3, OtherSeller, "Book", null, 1, 5000, 0),
        ],
        [new("pay-1", "card", 9900)]);

    public static Policy Standard(Func<Rules, Rules>? change = null)
    {
        static Span Days(int days) => new(days, SpanUnit.Days);
        var rules = new Rules(
            new(WindowStart.Delivered, null, Days(30)),
            new(Days(3), AnswerSilence.ComplaintPossible),
            new(Days(7), Days(3), true, Days(3), NegotiationSilence.Escalate),
            new(Days(7), 2, Days(2)),
            new(2, Days(3)),
            new(2, 1),
            new(Days(5), Days(2), ReviewSilence.Dismiss, ReviewSilence.DecideOnFile, Days(2), StaffDefault.Dismiss,
                Days(3), Days(3), Days(14), 2),
            new(null, Days(2)),
            new(Days(7), 1, false, false, Days(3), 1, Days(10)),
            new(Days(5), Days(3), Days(10), Days(3), Days(7), Days(14), Days(7), false, Days(5), Days(30),
                RefundsBy.Outside, [new Money(10_000, "EUR")]),
            new(Days(180), [Days(7), Days(30)]),
            new(ReopeningMode.Never, null, 0, Days(5), ReopenedInto.Review),
            new(Days(4), Days(6), [.. Enum.GetValues<MeasureKind>()], Days(14), Days(90)),
            new(ChargebackMode.Parallel, Days(60)),
            new(new(24, SpanUnit.Hours), Days(14)),
            new([]));
        var text = new LocalText([new("en", "Text"), new("fr", "Texte")]);
        return new("standard", 1, "00", text, new("Europe/Paris", [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], []),
            change is null ? rules : change(rules), [], new(1_000_000, 5, ["image/jpeg"], []),
            [new("C-1", text, text)]);
    }
}

/// <summary>What holds of every reachable state's terms (I-DUE-1, I-DUE-8).</summary>
public static class TermsHold
{
    public static void Check(Dispute dispute)
    {
        if (!dispute.IsOpen)
        {
            Assert.Empty(dispute.Terms);
            return;
        }
        Assert.True(dispute.Head is not null,
            $"Nobody is waited for in {dispute.Stage}: {string.Join(", ", dispute.Obligations)} after "
                + $"{dispute.Version} facts.");
        Assert.Equal(dispute.Terms.Select(term => term.Id).Distinct().Count(), dispute.Terms.Count);
        Assert.Equal(dispute.Terms.OrderBy(term => term.Due).Select(term => term.Due),
            dispute.Terms.Select(term => term.Due));
        Assert.All(dispute.Terms, term => Assert.True(term.Due >= dispute.OpenedAt));
    }
}

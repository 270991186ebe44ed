using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Tests;

/// <summary>A dispute by its facts: each <c>With</c> gives a new one, an hour later, and leaves the old.</summary>
public sealed record Given(Dispute Dispute, ValueList<Fact> Facts, ValueList<PersonalText> Written, Instant Now)
{
    public static readonly MarketplaceId Marketplace = new("market");
    public static readonly PartyId Buyer = new("party-buyer");
    public static readonly PartyId Seller = new("party-seller");
    public static readonly PersonId BuyerPerson = new("person-buyer");
    public static readonly PersonId SellerPerson = new("person-seller");
    public static readonly PersonId Examiner = new("person-examiner");
    public static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 9, 0);
    public static readonly OrderId OrderId = OrderId.Of(Marketplace, "A-1001");
    public static readonly DisputeId Id = DisputeId.Of(OrderId, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);

    public TextBook Texts => TextBook.Of(Written);

    public static Given Nothing() => new(Dispute.Nothing(Id), [], [], Start);

    /// <summary>A buyer says that one of two cups came broken, and asks for its price back.</summary>
    public static Given Opened(Func<DisputeOpened, DisputeOpened>? change = null)
    {
        var opening = Opening();
        return Nothing().With(change is null ? opening : change(opening));
    }

    public Given With(DisputeEvent happened, Role? by = null) => With(happened, ActorOf(by ?? RoleOf(happened)));

    public Given With(DisputeEvent happened, Actor by)
    {
        var n = Facts.Count(fact => fact.Event.Audience == happened.Audience) + 1;
        var cause = new CommandId($"command-{Facts.Count + 1}");
        var fact = new Fact(Facts.Count + 1, n, Now, by, cause, "test@1", happened);
        return this with { Dispute = Dispute.After(fact), Facts = Facts.Add(fact), Now = Now + Duration.FromHours(1) };
    }

    /// <summary>Text that can be read; the same words are written with the same salt.</summary>
    public Given Having(params PersonalText[] texts) => this with { Written = [.. Written, .. texts] };

    public Given Later(Duration span) => this with { Now = Now + span };

    public Given Says(Role by, string words, Audience to = Audience.All)
    {
        var text = Text(words, by);
        return Having(text).With(new MessagePosted(to, text.Ref), by);
    }

    public Given Shows(Role by, int no, Audience to = Audience.All, bool late = false)
    {
        var (title, file) = (Text($"Title {by} {no} {to}", by), Text($"{by}{no}{to}.jpg", by));
        var digest = Text($"{by}{no}{to}", by, "und");
        var because = to == Audience.All ? null : Text($"Sealed {no}", by);
        return Having(because is null ? [title, file, digest] : [title, file, digest, because])
            .With(new EvidenceAdded(to, new ExhibitId($"exhibit-{by}-{to}-{no}"), no, by, ExhibitKind.Photo,
                title.Ref, file.Ref, digest.Ref, "image/jpeg", 1234, because?.Ref, late), by);
    }

    public static PersonalText Text(string words, Role by = Role.Buyer, string language = "en") =>
        new(by.IsStaff() ? PersonalText.Platform : $"person-{Codes.Of(by)}", language, words, new byte[16]);

    public static Actor ActorOf(Role role) => role switch
    {
        Role.Buyer => new(ActorKind.Person, role, BuyerPerson.Value),
        Role.Seller => new(ActorKind.Person, role, SellerPerson.Value),
        Role.Examiner => new(ActorKind.Person, role, Examiner.Value),
        Role.Operator => new(ActorKind.Marketplace, role, "key-1"),
        Role.Rule => Actor.Rule("answer.within"),
        Role.Provider => new(ActorKind.Provider, role, "carrier"),
    };

    private static Role RoleOf(DisputeEvent happened) => happened switch
    {
        DisputeOpened opened => opened.Opener,
        EvidenceAdded added => added.From,
        OfferMade made => made.By,
        OfferDeclined declined => declined.By,
        OfferWithdrawn withdrawn => withdrawn.By,
        ComplaintFiled { By: { } by } => by,
        TermWaived waived => waived.Who,
        ObligationPerformed performed => performed.By,
        PerformanceConfirmed { By: { } by } => by,
        DisputeClosed { By: { } by } => by,
        AppealFiled filed => filed.By,
        AppealJoined joined => joined.By,
        ReopeningRequested asked => asked.By,
        BreachReported reported => reported.By,
        MeasureAppealed appealed => appealed.By,
        ExaminerChallenged challenged => challenged.By,
        MessagePosted => Role.Buyer,
        ExaminerAssigned or ExaminationBegan or Decided or EvidenceRequested or PerformanceRuled => Role.Examiner,
        SettlementReached => Role.Seller,
        _ => Role.Rule,
    };

    /// <summary>Two cups at 10.00 with 4.00 freight for both, and a teapot at 25.00, all from this seller.</summary>
    public static OrderSnapshot Order() => new(
        "A-1001", "EUR", OrderStatus.Delivered,
        new OrderDates(Ago(10), Ago(10), Ago(8), Ago(3)),
        [new(1, Seller, "Cup", "CUP", 2, 1000, 400), new(2, Seller, "Teapot", null, 1, 2500, 0)],
        Captured: 9900);

    private static Instant Ago(int days) => Start - Duration.FromDays(days);

    public static RemedyLine Refund(long amount = 1200, int line = 1, int units = 1) =>
        new(RemedyKind.PartialRefund, [new(line, units)], amount);

    public static DisputeOpened Opening() => new(
        Marketplace, Buyer, Seller, Role.Buyer, Order(), new PolicyPin("test", 1, "00"),
        [new(1, 1, Reason.Damaged)], Text("One cup is broken.").Ref,
        [new(RemedyKind.FullRefund, [new(1, 1)], 1200)],
        RefundableCap: 1200, ComplaintFrom: Ago(-5), ComplaintAtOnceAfterRefusal: true, ["en", "fr"])
    {
        Starts =
        [
            new(1, TermKind.Answer, Role.Seller, Ago(-5), "answer.within", Consequence.ComplaintBecomesPossible),
            new(2, TermKind.Negotiation, Role.Buyer, Ago(-30), "negotiation.length", Consequence.GoesToReview),
        ],
    };
}

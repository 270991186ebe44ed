using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Words;

namespace Entente.Server.Api;

/// <summary>Writes what a caller may read of a dispute, with its sentences in the caller's language.</summary>
internal sealed partial class DisputeWriting(DisputeView view, Speaker speaker)
{
    public DisputeResource Whole(PartyName buyer, PartyName seller) => new(
        view.Id.ToString(), view.Reference, view.Version, view.Stage, view.Opener, buyer, seller,
        view.OpenedAt, view.LastAt, $"{view.Policy.Id}@{view.Policy.Version}", view.Languages,
        Order(view.Order), view.Items, view.OpenItems, Text(view.Story), Remedies(view.Sought), view.ComplaintFrom,
        Agenda, [.. view.Agenda.Afterwards.Select(speaker.Say)],
        [.. view.Offers.Select(Offer)], Exchange(view.Exchange), [.. view.Exhibits.Select(Exhibit)],
            [.. view.Requests.Select(Request)],
        [.. view.Outcomes.Select(Outcome)], [.. view.Obligations.Select(Obligation)], view.Money, Closing(view.Closing),
        Actions, [.. view.Timeline.Select(Entry)], view.Examiner?.Value,
        AfterOutcomeWriting.Of(view.Afterwards, speaker), [.. view.Chargebacks.Select(Chargeback)],
        view.BankInformedAt, view.Earlier?.ToString());

    public IReadOnlyList<TermResource> Agenda => [.. view.Agenda.Lines.Select(Line)];

    public IReadOnlyList<ActionResource> Actions => [.. view.Actions.Select(Action)];

    public OfferResource Offer(OfferView offer) => new(
        offer.No, offer.By, offer.State, offer.At, Remedies(offer.Lines), TextIfAny(offer.Comment),
        TextIfAny(offer.Answer), offer.Until);

    public EntryResource Entry(TimelineEntry entry) => new(
        entry.Audience, entry.N, entry.At, entry.Kind, entry.Role, entry.Type, speaker.Say(entry.Sentence),
        Texts(entry.Texts), entry.Exhibit?.Value, entry.Offer, entry.Obligation, entry.Outcome, entry.Principal);

    private static OrderExcerpt Order(OrderView order) => new(
        order.ExternalId, order.Currency, order.Status, order.Dates.Placed, order.Dates.Paid, order.Dates.Shipped,
        order.Dates.Delivered, order.Dates.DeliveryExpected,
        [.. order.Lines.Select(line => new LineExcerpt(
            line.No, line.Title, line.Sku, line.Units, new(line.UnitPrice, order.Currency),
            new(line.Freight, order.Currency)))]);

    private TermResource Line(AgendaLine line) => new(
        line.Term.Id, line.Term.Kind, line.Term.Who, line.Due, line.Term.Otherwise, line.Term.Subject, line.Term.Rule,
        speaker.Say(line.Task), speaker.Say(line.Otherwise), speaker.Say(line.Rule));

    private ActionResource Action(AvailableAction action)
    {
        var (method, path) = ActionPaths.Of(action.Move, action.Subject);
        return new(action.Move, method, $"/v1/disputes/{view.Id}{path}", action.Due, action.Subject);
    }

    private static ExhibitResource Exhibit(ExhibitView exhibit) => new(
        exhibit.Id.Value, exhibit.No, exhibit.Number, exhibit.From, exhibit.Kind, exhibit.At, Text(exhibit.Title),
        Text(exhibit.FileName), exhibit.Digest.Value, exhibit.MediaType, exhibit.Bytes, exhibit.Series != Audience.All,
        TextIfAny(exhibit.SealedBecause), exhibit.Late, exhibit.Withdrawn, exhibit.Admitted, exhibit.MayOpen,
        exhibit.Fixed);

    private static EvidenceRequestResource Request(RequestView request) =>
        new(request.No, request.At, request.From, request.Kinds, Text(request.Text), request.Due);

    private OutcomeResource Outcome(OutcomeView outcome) => new(
        outcome.No, outcome.Kind, outcome.At, Remedies(outcome.Lines), outcome.Offer, outcome.Silent,
        [.. outcome.Findings.Select(finding =>
            new FindingResource(Texts(finding.Question), finding.Answer, finding.Clause, finding.ReliedOn))],
        outcome.SetAside, Texts(outcome.Reasons), outcome.Attacked, outcome.Result, outcome.ReplacedBy, outcome.Stands);

    private ObligationResource Obligation(ObligationView owed) => new(
        owed.No, owed.Outcome, owed.Kind, owed.Debtor, owed.Creditor, owed.Amount, Units(owed.Items), owed.DependsOn,
        owed.State, owed.Held, owed.Verified, owed.Due, TextIfAny(owed.Reference), owed.Proof?.Value,
        speaker.Say(owed.Sentence));

    private static ChargebackResource Chargeback(ChargebackView chargeback) => new(
        chargeback.Id, chargeback.Amount, chargeback.Phase, chargeback.Final, chargeback.Freezes, chargeback.BankDue,
        chargeback.Source, chargeback.At, TextIfAny(chargeback.Reference));

    private static ClosingResource? Closing(ClosingView? closing) => closing is null
        ? null
        : new(closing.Reason, closing.By, closing.AcceptsLess, TextIfAny(closing.Comment), closing.At);

    private IReadOnlyList<RemedyResource> Remedies(IEnumerable<RemedyView> remedies) => [.. remedies.Select(remedy =>
        new RemedyResource(remedy.Kind, Units(remedy.Items), remedy.Amount, remedy.FreightPaidBy, remedy.ReturnWanted,
            speaker.Say(remedy.Sentence)))];

    private static IReadOnlyList<UnitsBody> Units(IEnumerable<Units> units) =>
        [.. units.Select(part => new UnitsBody(part.Line, part.Count))];

    private static IReadOnlyList<TextResource> Texts(IEnumerable<ShownText> texts) => [.. texts.Select(Text)];

    private static TextResource Text(ShownText text) => new(text.Language, text.Value, text.IsErased);

    private static TextResource? TextIfAny(ShownText? text) => text is null ? null : Text(text);
}

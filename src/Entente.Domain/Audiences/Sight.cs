using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Audiences;

/// <summary>Writes a view from what one reader may read.</summary>
/// <param name="seen">The fold of the facts that are theirs to read.</param>
/// <param name="read">Those facts.</param>
internal sealed class Sight(
    Dispute seen, IReadOnlyList<Fact> read, TextBook texts, Viewer viewer, Instant now, Policy? policy)
{
    private readonly Reader _reader = new(viewer, seen.Examiner);
    private readonly Phrases _phrases = new(seen, new(viewer, seen.Examiner));
    private readonly SightAfterwards _afterwards =
        new(seen, read, texts, new(seen, new(viewer, seen.Examiner)), now, policy);

    public DisputeView View()
    {
        var (opening, offers) = (seen.Opening, Offers());
        return new()
        {
            Id = seen.Id,
            Version = read.Count,
            Viewer = viewer,
            Stage = seen.Stage,
            Opener = seen.Opener,
            Buyer = opening.Buyer, Seller = opening.Seller,
            OpenedAt = seen.OpenedAt, Earlier = opening.Earlier,
            LastAt = read[^1].At,
            Policy = opening.Policy,
            Languages = opening.Languages,
            Order = Order(opening),
            Items = opening.Items,
            OpenItems = seen.OpenItems,
            Story = texts.Show(opening.Story),
            Sought = Remedies(opening.Sought),
            ComplaintFrom = seen.Stage == Stage.Negotiation ? seen.ComplaintPossibleFrom : null,
            Agenda = Agenda.Of(_phrases, policy),
            Terms = seen.Terms,
            Offers = offers,
            Wall = Wall(offers),
            Exhibits = Exhibits(),
            Exchange = Exchange.Of(seen, read, texts, _phrases, viewer),
            Requests = Requests(),
            Obligations = Duties.Of(seen, read, texts, _phrases),
            Outcomes = Outcomes(),
            Money = Purse.Of(seen),
            Chargebacks = Chargebacks(),
            BankInformedAt = seen.BankInformedAt,
            Closing = Closing(),
            ClosingReasons = Reasons(),
            Timeline = Timeline.Of(read, seen, _reader, texts),
            Actions = Actions.Of(seen, viewer, now, policy),
            Afterwards = _afterwards.View(),
            Examiner = viewer.MayRead(Audience.Staff) ? seen.Examiner : null,
        };
    }

    private ValueList<ClosingReason> Reasons() => CloseDispute.Closes.Objection(seen, viewer.Role, now) is null
        ? ClosingReasons.For(seen, viewer.Role)
        : [];

    private static OrderView Order(DisputeOpened opening) => new(
        opening.Order.ExternalId, opening.Order.Currency, opening.Order.Status, opening.Order.Dates,
        [.. opening.Order.Lines.Where(line => line.Seller == opening.Seller)]);

    private ValueList<RemedyView> Remedies(ValueList<RemedyLine> lines) => _afterwards.Remedies(lines);

    private ValueList<OfferView> Offers()
    {
        var made = Happened<OfferMade>().ToDictionary(offer => offer.Offer);
        var declined = Happened<OfferDeclined>().ToDictionary(offer => offer.Offer);
        return seen.Offers
            .Select(offer => new OfferView(
                offer.No, offer.By, offer.State, offer.At, Remedies(offer.Lines),
                texts.ShowIfAny(made.GetValueOrDefault(offer.No)?.Comment),
                texts.ShowIfAny(declined.GetValueOrDefault(offer.No)?.Comment),
                seen.Terms.FirstOrDefault(term => term.Kind == TermKind.OfferAnswer && term.Subject == offer.No)?.Due))
            .ToValueList();
    }

    /// <summary>A side's column holds its open offer, or what it proposed last.</summary>
    private Wall Wall(ValueList<OfferView> offers) => new(
        offers.LastOrDefault(offer => offer.By == Role.Buyer),
        offers.LastOrDefault(offer => offer.By == Role.Seller),
        seen.Outcomes.LastOrDefault(outcome => outcome.Kind != OutcomeKind.Settlement) is { } decided
            ? Remedies(decided.Lines)
            : null,
        offers.LastOrDefault(offer => offer.By == Role.Examiner));

    /// <summary>
    /// What is shown is what the numbers say there is: each series this reader may know of, without a gap (I-EVI-3).
    /// Every page, answer, document and bundle is written from it.
    /// </summary>
    private ValueList<ExhibitView> Exhibits()
    {
        var shown = ShownExhibits();
        var isWhole = shown.Count == seen.Exhibits.Count && shown.GroupBy(exhibit => exhibit.Series).All(series =>
            series.Select(exhibit => exhibit.No).SequenceEqual(Enumerable.Range(1, series.Count())));
        return isWhole ? shown : throw new InvalidOperationException(
            $"The exhibits shown of {seen.Id} are not those of its manifest.");
    }

    private ValueList<ExhibitView> ShownExhibits()
    {
        var withdrawn = Happened<EvidenceWithdrawn>().Select(exhibit => exhibit.Exhibit).ToHashSet();
        var dangerous = Happened<EvidenceQuarantined>().Select(found => found.Exhibit).ToHashSet();
        var opened = Happened<OriginalOpened>().Where(opened => opened.By == viewer.Person)
            .Select(opened => opened.Exhibit).ToHashSet();
        var known = seen.Exhibits.ToDictionary(exhibit => exhibit.Id);
        return read
            .Where(fact => fact.Event is EvidenceAdded)
            .Select(fact => Exhibit((EvidenceAdded)fact.Event, known, withdrawn) with
            {
                Quarantined = dangerous.Contains(((EvidenceAdded)fact.Event).Exhibit),
                IsOriginalOpen = opened.Contains(((EvidenceAdded)fact.Event).Exhibit),
            })
            .ToValueList();
    }

    private ExhibitView Exhibit(
        EvidenceAdded added, Dictionary<ExhibitId, Exhibit> known, HashSet<ExhibitId> withdrawn)
    {
        var (gone, stands) = (withdrawn.Contains(added.Exhibit), known[added.Exhibit]);
        return new(
            added.Exhibit, added.To, added.No, Sentences.Number(added.To, added.No), added.From, added.Kind, stands.At,
            texts.Show(added.Title), texts.Show(added.FileName), texts.Show(added.Digest), added.MediaType, added.Bytes,
            texts.ShowIfAny(added.SealedBecause), added.Late, gone,
            stands.Admitted, MayOpen: !gone || viewer.Role == added.From || viewer.MayRead(Audience.Staff),
            Fixed: stands.Fixed);
    }

    private ValueList<RequestView> Requests() => read
        .Where(fact => fact.Event is EvidenceRequested)
        .Select(fact => (fact.At, Asked: (EvidenceRequested)fact.Event))
        .Select(request => new RequestView(
            request.Asked.Request, request.At, request.Asked.From, request.Asked.Kinds, texts.Show(request.Asked.Text),
            request.Asked.Starts.Count == 0 ? null : request.Asked.Starts.Max(term => term.Due)))
        .ToValueList();

    private ValueList<OutcomeView> Outcomes() => seen.Outcomes.Select(Outcome).ToValueList();

    private OutcomeView Outcome(Outcome outcome)
    {
        var (findings, aside, reasons) = Reasoned(outcome.No);
        return new(
            outcome.No, outcome.Kind, outcome.At, Remedies(outcome.Lines),
            OfferOf(outcome),
            Happened<DefaultOutcome>().FirstOrDefault(entered => entered.Outcome == outcome.No)?.Silent,
            findings.Select(_afterwards.Finding).ToValueList(), aside, texts.Show(reasons))
        {
            Attacked = outcome.Attacked,
            Result = outcome.Result,
            ReplacedBy = outcome.ReplacedBy,
            IsSetAside = outcome.SetAside,
        };
    }

    private (ValueList<Finding> Findings, ValueList<SetAsideExhibit> SetAside, ValueList<PersonalRef> Reasons) Reasoned(
        int outcome) => read.Select(fact => fact.Event).FirstOrDefault(happened =>
            happened is Decided first && first.Outcome == outcome
            || happened is AppealDecided later && later.Outcome == outcome) switch
        {
            Decided first => (first.Findings, first.SetAside, first.Reasons),
            AppealDecided later => (later.Findings, later.SetAside, later.Reasons),
            _ => ([], [], []),
        };

    private int? OfferOf(Outcome outcome) =>
        Happened<SettlementReached>().FirstOrDefault(settled => settled.Outcome == outcome.No) is { } settled
        && settled.Offer != Settling.NoOffer
            ? settled.Offer
            : null;

    private ValueList<ChargebackView> Chargebacks() => seen.Chargebacks
        .Select(chargeback => new ChargebackView(
            chargeback.Id, _phrases.Amount(chargeback.Amount)!.Value, chargeback.Phase, chargeback.Final,
            chargeback.Freezes,
            chargeback.BankDue, chargeback.Source, chargeback.At,
            texts.ShowIfAny(Happened<ChargebackRecorded>()
                .LastOrDefault(told => told.Chargeback == chargeback.Id && told.Reference is not null)?.Reference)))
        .ToValueList();

    private ClosingView? Closing() => seen.Closing is { } closing
        ? new(closing.Reason, closing.By, closing.AcceptsLess, texts.ShowIfAny(closing.Comment),
            seen.ClosedAt ?? seen.LastAt)
        : null;

    private IEnumerable<T> Happened<T>() where T : DisputeEvent => read.Select(fact => fact.Event).OfType<T>();
}

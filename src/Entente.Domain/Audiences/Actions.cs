using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Audiences;

/// <summary>What a reader may do now, by the declared moves alone: nothing else is a button.</summary>
internal static class Actions
{
    public static ValueList<AvailableAction> Of(Dispute seen, Viewer viewer, Instant now, Policy? policy) => Moves.All
        .Where(move => move != TakeOrder.Takes)
        .Where(move => move.Objection(seen, viewer.Role, now) is null && MayTake(move, seen, viewer)
            && ActionsAfterwards.IsOffered(move.Name, seen, viewer, now, policy))
        .SelectMany(move => (ActionsAfterwards.Subjects(move.Name, seen, viewer, now, policy)
                ?? Subjects(move.Name, seen, viewer.Role))
            .Select(subject => new AvailableAction(move.Name, Due(move.Name, subject, seen, viewer.Role), subject)))
        .ToValueList();

    /// <summary>What only the examiner in charge may do is offered to nobody else.</summary>
    private static bool MayTake(Move move, Dispute seen, Viewer viewer) =>
        move.Name is not ("decide" or "request_evidence" or "rule_on_performance" or "answer_contest"
            or "propose_remedy" or "await_third_party" or "admit_late_evidence")
        && (move.Name != "answer_inquiry" || viewer.Role.IsParty())
        || seen.Examiner is not null && seen.Examiner == viewer.Person;

    private static IEnumerable<int?> Subjects(string move, Dispute seen, Role role) => move switch
    {
        "accept_offer" or "decline_offer" => role.IsParty()
            ? Numbers(seen.OpenOfferOf(role.Other())).Concat(Numbers(Proposals.FacedBy(seen, role)))
            : [],
        "withdraw_offer" => Numbers(seen.OpenOfferOf(role)),
        "answer_contest" => seen.OpenContests.Select(contest => (int?)contest.No),
        "agree_extension" or "refuse_extension" => [seen.Extension?.No],
        "propose_extension" => seen.Terms.Where(Extensions.MayBeExtended).Select(term => (int?)term.Id),
        "place_blind_bid" => [seen.BidRound],
        "answer_inquiry" => [seen.Inquiry?.No],
        "answer_record" =>
            seen.Records.Where(record => Recorded.MayAnswer(record, role)).Select(record => (int?)record.No),
        "perform" => Numbers(seen, standing => Perform.MayPerform(standing, role)),
        "confirm_performance" => Numbers(seen, standing => Fulfilling.MayConfirm(standing, role)),
        "contest_performance" => Numbers(seen, standing => Fulfilling.MayContest(standing, role)),
        "rule_on_performance" => Numbers(seen, standing => standing.AwaitsRuling),
        "waive_term" => seen.Terms
            .Where(term => term.Who == role && WaiveTerm.MayBeWaived(term))
            .Select(term => (int?)term.Id),
        _ => [null],
    };

    private static IEnumerable<int?> Numbers(Offer? offer) => offer is null ? [] : [offer.No];

    private static IEnumerable<int?> Numbers(Dispute seen, Func<ObligationStanding, bool> match) =>
        seen.Obligations.Where(match).Select(standing => (int?)standing.Obligation.No);

    private static Instant? Due(string move, int? subject, Dispute seen, Role role) => move switch
    {
        "accept_offer" or "decline_offer" => Of(seen, TermKind.OfferAnswer, subject),
        "perform" => Of(seen, TermKind.Performance, subject),
        "confirm_performance" or "contest_performance" => Of(seen, TermKind.Confirmation, subject),
        "rule_on_performance" => Of(seen, TermKind.Ruling, subject),
        "agree_extension" or "refuse_extension" => Of(seen, TermKind.ExtensionAnswer, subject),
        "place_blind_bid" => Of(seen, TermKind.BidRound, subject),
        "answer_inquiry" => Of(seen, TermKind.Inquiry, subject),
        "reject_reconciliation" => Of(seen, TermKind.Reconciliation, null),
        "waive_term" => seen.Terms.First(term => term.Id == subject).Due,
        "decide" => Of(seen, TermKind.Decision, null),
        "add_evidence" => seen.TermOf(TermKind.Evidence, role)?.Due,
        "post_message" => seen.TermOf(TermKind.Answer, role)?.Due,
        "file_complaint" or "make_offer" => Of(seen, TermKind.Negotiation, null),
        "close" => Of(seen, TermKind.Closing, null),
        _ => ActionsAfterwards.Due(move, subject, seen, role),
    };

    private static Instant? Of(Dispute seen, TermKind kind, int? subject) =>
        seen.Terms.FirstOrDefault(term => term.Kind == kind && (subject is null || term.Subject == subject))?.Due;
}

using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Audiences;

/// <summary>
/// Which moves after an outcome are really open to a reader: those that the rules would not refuse at once.
/// </summary>
internal static class ActionsAfterwards
{
    public static bool IsOffered(string move, Dispute seen, Viewer viewer, Instant now, Policy? policy) => move switch
    {
        "assign" => viewer is not { Role: Role.Examiner, Person: { } person } || IsInCharge(seen, viewer)
            || Assignments.Objection(seen, person, null) is null,
        "recuse" or "refer_to_risk" or "find_abuse" => IsInCharge(seen, viewer),
        "grant_reopening" or "deny_reopening" or "take_measures" =>
            viewer.Role == Role.Operator || IsInCharge(seen, viewer),
        "approve_decision" => seen.Draft is { } draft && draft.By != viewer.Person,
        "correct_decision" => viewer.Person is { } author && seen.Deciders.Contains(author),
        "rule_on_measure" => Measures(seen, viewer).Any(),
        "request_reopening" => policy is null || ReopeningRules.Offered(seen, viewer.Role, now, policy).Count > 0,
        "report_breach" => policy is null || Breaching.Until(seen, policy) is not { } until || now < until,
        "set_aside" => policy is null || now < SettingAside.Until(seen, policy),
        "appeal_measure" => Appealable(seen, viewer.Role, now, policy).Any(),
        _ => true,
    };

    public static IEnumerable<int?>? Subjects(string move, Dispute seen, Viewer viewer, Instant now, Policy? policy) =>
        move switch
        {
            "appeal" => [Appealing.OpenTo(seen, viewer.Role, now)],
            "approve_decision" or "return_decision" => [seen.Draft?.No],
            "correct_decision" => [Corrections.Latest(seen)?.No],
            "report_breach" => Breaching.Reportable(seen, viewer.Role).Select(one => (int?)one.Obligation.No),
            "answer_breach" => seen.Breaches.Where(breach => Breaching.MayAnswer(breach, viewer.Role))
                .Select(breach => (int?)breach.No),
            "take_measures" => seen.Breaches.Where(Breaching.AwaitsRuling).Select(breach => (int?)breach.No),
            "appeal_measure" => Appealable(seen, viewer.Role, now, policy).Select(sanction => (int?)sanction.No),
            "rule_on_measure" => Measures(seen, viewer).Select(sanction => (int?)sanction.No),
            _ => null,
        };

    public static Instant? Due(string move, int? subject, Dispute seen, Role role) => move switch
    {
        "appeal" => seen.AppealRights.FirstOrDefault(right => right.Who == role)?.Until
            ?? seen.TermOf(TermKind.Joining, role)?.Due,
        "grant_reopening" or "deny_reopening" => Of(seen, TermKind.Reopening, null),
        "answer_breach" => Of(seen, TermKind.BreachAnswer, subject),
        "take_measures" => Of(seen, TermKind.Measures, subject),
        "rule_on_measure" => Of(seen, TermKind.MeasureReview, subject),
        "rule_on_challenge" => Of(seen, TermKind.Challenge, null),
        "approve_decision" or "return_decision" => seen.Draft?.Due,
        "answer_risk" => seen.RiskUntil,
        _ => null,
    };

    private static bool IsInCharge(Dispute seen, Viewer viewer) =>
        seen.Examiner is not null && seen.Examiner == viewer.Person;

    private static IEnumerable<Sanction> Measures(Dispute seen, Viewer viewer) => seen.Sanctions
        .Where(sanction => sanction.State == SanctionState.Appealed && sanction.TakenBy != viewer.Person?.Value);

    private static IEnumerable<Sanction> Appealable(Dispute seen, Role role, Instant now, Policy? policy) =>
        seen.Sanctions.Where(sanction => Sanctioning.MayAppeal(sanction, role)
            && (policy is null || now < Sanctioning.Until(seen, sanction, policy)));

    private static Instant? Of(Dispute seen, TermKind kind, int? subject) => seen.Terms
        .FirstOrDefault(term => term.Kind == kind && (subject is null || term.Subject == subject))?.Due;
}

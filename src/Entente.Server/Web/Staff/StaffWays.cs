using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Staff;

/// <summary>What the platform's people may do now, the most urgent first.</summary>
public static class StaffWays
{
    private static Way? Afterwards(AvailableAction action, string at) => action.Move switch
    {
        "approve_decision" => new("act.approve_decision", $"{at}/decision/approval", null),
        "grant_reopening" => new("act.answer_reopening", $"{at}/reopening", null),
        "take_measures" => new("act.take_measures", $"{at}/breaches/{action.Subject}/measures", null, action.Subject),
        "rule_on_challenge" => new("act.rule_on_challenge", $"{at}/challenge", null),
        "rule_on_measure" => new("act.rule_on_measure", $"{at}/measures/{action.Subject}/review", null, action.Subject),
        "answer_risk" => new("act.answer_risk", $"{at}/risk/answer", null),
        "set_aside" => new("act.set_aside", $"{at}/set-aside", "second"),
        "correct_decision" => new("act.correct_decision", $"{at}/decision/correction", "second"),
        "find_abuse" => new("act.find_abuse", $"{at}/abuse", "plain"),
        "refer_to_risk" => new("act.refer_to_risk", $"{at}/risk", "plain"),
        "recuse" => new("act.recuse", $"{at}/recusal", "plain"),
        _ => null,
    };

    public static IReadOnlyList<Way> Of(CaseFile file)
    {
        var (at, ways) = (file.Address, new List<Way>());
        var isMine = file.View.Examiner is { } examiner && examiner == file.View.Viewer.Person;
        if (file.Me == Role.Examiner && !isMine && file.View.May("assign"))
            ways.Add(new("act.take", $"{at}/taking", null));
        if (isMine && file.View.May("decide")) ways.Add(new("act.decide", $"{at}/decision", null));
        if (isMine)
            ways.AddRange(file.View.Obligations
                .Where(duty =>
                    duty.State is ObligationState.Contested or ObligationState.Overdue or ObligationState.Doubted)
                .Select(duty => new Way("act.rule", $"{at}/obligations/{duty.No}/ruling", null, duty.No)));
        if (isMine && file.View.May("request_evidence"))
            ways.Add(new("act.request_evidence", $"{at}/evidence-requests/new", "second"));
        if (file.View.May("post_message")) ways.Add(new("act.post_message", "#message", "second"));
        if (file.View.May("close")) ways.Add(new("act.close_by_staff", $"{at}/closure", "plain"));
        ways.AddRange(file.View.Actions
            .Select(action => Afterwards(action, at)).OfType<Way>().DistinctBy(way => way.Href));
        return [.. ways.OrderBy(way => way.Kind switch { null => 0, "second" => 1, _ => 2 })];
    }
}

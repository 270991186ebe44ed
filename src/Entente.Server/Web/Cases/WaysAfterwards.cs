using Entente.Domain.Audiences;

namespace Entente.Server.Web.Cases;

/// <summary>What a party may still ask for after an outcome, and of who examines.</summary>
public static class WaysAfterwards
{
    public static IEnumerable<Way> Of(CaseFile file) => file.View.Actions
        .Select(action => Way(action, file.Address))
        .OfType<Way>()
        .DistinctBy(way => way.Href);

    /// <summary>A report of breach that waits for this reader's answer.</summary>
    public static List<Way> Answers(CaseFile file) => file.View.Actions
        .Where(action => action.Move == "answer_breach")
        .Select(action => new Way("act.answer_breach", Breach(file.Address, action.Subject), null, action.Subject))
        .ToList();

    private static Way? Way(AvailableAction action, string at) => action.Move switch
    {
        "appeal" => new("act.appeal", $"{at}/appeal", "second"),
        "report_breach" => new("act.report_breach", $"{at}/breaches/new", "second"),
        "answer_breach" => new("act.answer_breach", Breach(at, action.Subject), "second", action.Subject),
        "appeal_measure" =>
            new("act.appeal_measure", $"{at}/measures/{action.Subject}/appeal", "second", action.Subject),
        "request_reopening" => new("act.request_reopening", $"{at}/reopening", "second"),
        "challenge_examiner" => new("act.challenge_examiner", $"{at}/challenge", "plain"),
        _ => null,
    };

    private static string Breach(string at, int? no) => $"{at}/breaches/{no}/answer";
}

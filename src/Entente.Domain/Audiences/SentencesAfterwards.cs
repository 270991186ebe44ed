using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>The sentences of what comes after an outcome, and of who examines.</summary>
internal static class SentencesAfterwards
{
    public static Sentence? Of(DisputeEvent happened, Fact fact, Phrases phrases) =>
        OfAppeals(happened, fact, phrases) ?? OfReopening(happened, phrases) ?? OfBreaches(happened, fact, phrases)
        ?? OfExamination(happened, fact, phrases);

    private static Sentence? OfAppeals(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        AppealFiled filed => Say(filed,
            ("who", phrases.Reader.Of(filed.By)), ("n", filed.Findings.Count), ("suspends", Any(filed.Suspends))),
        AppealJoined joined => Say(joined, ("who", phrases.Reader.Of(joined.By)), ("n", joined.Findings.Count)),
        JoiningTimeEnded ended => Say(ended, ("who", phrases.Reader.Of(ended.Who))),
        AppealDecided decided => Say(decided,
            ("who", phrases.Reader.Of(fact.By)),
            ("result", decided.Result),
            ("granted", Phrases.YesNo(decided.Lines.Any(line => line.Kind != RemedyKind.None))),
            ("remedies", phrases.Remedies(decided.Lines))),
        DecisionLeftStanding left => Say(left),
        OutcomeSetAside aside => Say(aside, ("who", phrases.Reader.Of(fact.By))),
        DecisionCorrected corrected => Say(corrected,
            ("who", phrases.Reader.Of(fact.By)),
            ("figure", Phrases.YesNo(corrected.Amount is not null)),
            ("amount", phrases.Amount(corrected.Amount))),
        _ => null,
    };

    private static Sentence? OfReopening(DisputeEvent happened, Phrases phrases) => happened switch
    {
        ReopeningRequested asked => Say(asked, ("who", phrases.Reader.Of(asked.By)), ("ground", asked.Ground)),
        ReopeningGranted granted => Say(granted, ("stage", granted.Into)),
        ReopeningDenied denied => Say(denied, ("silent", Phrases.YesNo(denied.By is null))),
        _ => null,
    };

    private static Sentence? OfBreaches(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        BreachReported reported => Say(reported,
            ("who", phrases.Reader.Of(reported.By)), ("obligation", phrases.Obligation(reported.Obligation))),
        BreachAnswered answered => Say(answered, ("who", phrases.Reader.Of(fact.By))),
        BreachUnanswered unanswered => Say(unanswered, ("who", phrases.Reader.Of(unanswered.Who))),
        BreachRuled ruled => Say(ruled,
            ("who", phrases.Reader.Of(fact.By)),
            ("upheld", Phrases.YesNo(ruled.Upheld)),
            ("measures", Phrases.YesNo(ruled.Measures.Count > 0)),
            ("kinds", ruled.Measures.Select(measure => measure.Kind).ToValueList()),
            ("owes", Phrases.YesNo(ruled.Lines.Count > 0)),
            ("remedies", phrases.Remedies(ruled.Lines))),
        AbuseFound found => Say(found,
            ("who", phrases.Reader.Of(fact.By)), ("against", phrases.Reader.Of(found.Against))),
        MeasureAppealed appealed => Say(appealed, ("who", phrases.Reader.Of(appealed.By))),
        MeasureReviewed reviewed => Say(reviewed, ("lifted", Phrases.YesNo(reviewed.Lifted))),
        AbuseReversed reversed => Say(reversed),
        _ => null,
    };

    private static Sentence? OfExamination(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        DecisionDrafted drafted => Say(drafted, ("who", phrases.Reader.Of(fact.By)), ("due", drafted.Due)),
        DecisionApproved approved => Say(approved, ("who", phrases.Reader.Of(fact.By))),
        DecisionReturned returned => Say(returned, ("who", phrases.Reader.Of(fact.By))),
        ExaminerRecused recused => Say(recused, ("who", phrases.Reader.Of(fact.By))),
        ExaminerChallenged challenged => Say(challenged, ("who", phrases.Reader.Of(challenged.By))),
        ChallengeAnswered answered => Say(answered,
            ("to", phrases.Reader.Of(answered.To)), ("replaced", Phrases.YesNo(answered.Replaced))),
        ReferredToRisk referred => Say(referred, ("who", phrases.Reader.Of(fact.By)), ("until", referred.Until)),
        RiskAnswered answered => Say(answered, ("who", phrases.Reader.Of(fact.By))),
        _ => null,
    };

    private static string Any(ValueList<int> numbers) => Phrases.YesNo(numbers.Count > 0);

    private static Sentence Say(DisputeEvent happened, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        Sentence.Of(Sentences.Key(happened.GetType()), arguments);
}

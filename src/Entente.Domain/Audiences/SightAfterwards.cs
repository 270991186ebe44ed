using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Domain.Audiences;

/// <summary>Writes what came after an outcome, from what one reader may read.</summary>
internal sealed class SightAfterwards(
    Dispute seen, IReadOnlyList<Fact> read, TextBook texts, Phrases phrases, Instant now, Policy? policy)
{
    private Viewer Viewer => phrases.Reader.Viewer;

    public AfterwardsView View()
    {
        var grounds = policy is null ? [] : ReopeningRules.Offered(seen, Viewer.Role, now, policy);
        return new(
            Appeals(), Reopenings(), Breaches(), Measures(), Challenges(), Corrections(), Draft(),
            seen.AppealRights.FirstOrDefault(right => right.Who == Viewer.Role && now < right.Until)?.Until
                ?? seen.TermOf(TermKind.Joining, Viewer.Role)?.Due,
            grounds,
            policy is not null && grounds is [var ground, ..] ? ReopeningRules.Until(seen, ground, policy) : null,
            Viewer.MayRead(Audience.Staff) ? seen.RiskUntil : null)
        {
            Returned = Returned(),
        };
    }

    public FindingView Finding(Finding finding) =>
        new(texts.Show(finding.Question), finding.Answer, finding.Clause, finding.ReliedOn);

    public ValueList<RemedyView> Remedies(ValueList<RemedyLine> lines) => lines
        .Select(line => new RemedyView(
            line.Kind, line.Items, phrases.Amount(line.Amount), line.FreightPaidBy, line.ReturnWanted,
            phrases.Remedy(line)))
        .ToValueList();

    private ValueList<AppealView> Appeals()
    {
        var written = Happened<AppealFiled>().Select(filed => (filed.Appeal, filed.Text))
            .Concat(Happened<AppealJoined>().Select(joined => (joined.Appeal, joined.Text)))
            .ToDictionary(one => one.Appeal, one => one.Text);
        return seen.Appeals.Select(appeal => new AppealView(
            appeal.No, appeal.Outcome, appeal.By, appeal.Findings, appeal.Exhibits, texts.Show(written[appeal.No]),
            appeal.At, appeal.State)).ToValueList();
    }

    private ValueList<ReopeningView> Reopenings()
    {
        var asked = Happened<ReopeningRequested>().ToDictionary(request => request.Request, request => request.Text);
        var answers = Happened<ReopeningGranted>().Select(granted => (granted.Request, granted.Text))
            .Concat(Happened<ReopeningDenied>().Select(denied => (denied.Request, denied.Text)))
            .ToDictionary(one => one.Request, one => one.Text);
        return seen.Reopenings.Select(request => new ReopeningView(
            request.No, request.By, request.Ground, texts.Show(asked[request.No]), request.At, request.State,
            texts.ShowIfAny(answers.GetValueOrDefault(request.No)))).ToValueList();
    }

    private ValueList<BreachView> Breaches()
    {
        var reported = Happened<BreachReported>().ToDictionary(report => report.Breach, report => report.Text);
        var answered = Happened<BreachAnswered>().ToDictionary(answer => answer.Breach, answer => answer.Text);
        var ruled = Happened<BreachRuled>().ToDictionary(ruling => ruling.Breach, ruling => ruling.Text);
        return seen.Breaches.Select(breach => new BreachView(
            breach.No, breach.Obligation, phrases.Obligation(breach.Obligation), breach.By,
            texts.Show(reported[breach.No]), breach.At, breach.State,
            texts.ShowIfAny(answered.GetValueOrDefault(breach.No)),
            texts.ShowIfAny(ruled.GetValueOrDefault(breach.No)))).ToValueList();
    }

    private ValueList<MeasureView> Measures()
    {
        var found = Happened<AbuseFound>().ToDictionary(abuse => abuse.Measure, abuse => (PersonalRef?)abuse.Facts);
        foreach (var ruling in Happened<BreachRuled>())
            foreach (var measure in ruling.Measures) found[measure.No] = ruling.Text;
        var reviews = Happened<MeasureReviewed>().Select(review => (review.Measure, review.Text))
            .Concat(Happened<AbuseReversed>().Select(reversed => (reversed.Measure, Text: (PersonalRef?)reversed.Text)))
            .ToDictionary(one => one.Measure, one => one.Text);
        return seen.Sanctions.Select(sanction => new MeasureView(
            sanction.No, sanction.Kind, sanction.Against, phrases.Amount(sanction.Amount), sanction.At, sanction.State,
            texts.ShowIfAny(found.GetValueOrDefault(sanction.No)),
            texts.ShowIfAny(reviews.GetValueOrDefault(sanction.No)),
            policy is null ? null : Sanctioning.Until(seen, sanction, policy))).ToValueList();
    }

    private ValueList<ChallengeView> Challenges()
    {
        var answers = Happened<ChallengeAnswered>().ToLookup(answer => answer.To, answer => answer.Text);
        var reasons = Happened<ExaminerChallenged>().ToDictionary(asked => asked.By, asked => asked.Reason);
        return seen.Challenges.Select(challenge => new ChallengeView(
            challenge.By, challenge.State, texts.Show(reasons[challenge.By]),
            texts.ShowIfAny(answers[challenge.By].FirstOrDefault()))).ToValueList();
    }

    private ValueList<CorrectionView> Corrections() => read
        .Where(fact => fact.Event is DecisionCorrected)
        .Select(fact => (fact.At, Corrected: (DecisionCorrected)fact.Event))
        .Select(one => new CorrectionView(
            one.Corrected.Outcome, one.At, one.Corrected.Line, phrases.Amount(one.Corrected.Amount),
            texts.Show(one.Corrected.Text)))
        .ToValueList();

    private DraftView? Draft() =>
        seen.Draft is null || !Viewer.MayRead(Audience.Staff) || Drafted(seen.Draft.No) is not { } drafted
            ? null
            : Shown(drafted, seen.Draft.By == Viewer.Person);

    /// <summary>Only until its author, still in charge, has handed in another.</summary>
    private ReturnedView? Returned() =>
        seen.Examiner is not null && seen.Examiner == Viewer.Person
        && read.LastOrDefault(fact => fact.Event
            is DecisionDrafted or DecisionReturned or Decided or AppealDecided or ExaminerRecused)
            is { Event: DecisionReturned back }
        && read.Any(fact => fact.Event is DecisionDrafted written && written.Draft == back.Draft
            && fact.By.Whose == Viewer.Person?.Value)
        && Drafted(back.Draft) is { } drafted
            ? new(Shown(drafted, isReaders: true), texts.Show(back.Reason))
            : null;

    private DecisionDrafted? Drafted(int no) =>
        Happened<DecisionDrafted>().LastOrDefault(drafted => drafted.Draft == no);

    private DraftView Shown(DecisionDrafted drafted, bool isReaders) => new(
        drafted.Draft, isReaders, drafted.Result, drafted.Findings.Select(Finding).ToValueList(),
        drafted.SetAside, Remedies(drafted.Lines), texts.Show(drafted.Reasons), drafted.Due);

    private IEnumerable<T> Happened<T>() where T : DisputeEvent => read.Select(fact => fact.Event).OfType<T>();
}

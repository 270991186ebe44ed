using System.Diagnostics;

namespace Entente.Domain.Disputes;

/// <summary>
/// What may come after an outcome: appeals, reopenings, breaches, measures, and who may not decide twice.
/// </summary>
public sealed partial record Dispute
{
    public ValueList<AppealRight> AppealRights { get; init; } = [];
    public ValueList<Appeal> Appeals { get; init; } = [];

    /// <summary>Reviews of a decision so far, since the dispute was opened or taken up again.</summary>
    public int Level { get; init; }

    /// <summary>Who has decided or approved in it; they examine no appeal of it.</summary>
    public ValueList<PersonId> Deciders { get; init; } = [];

    /// <summary>Who has withdrawn or was replaced; they examine it no more.</summary>
    public ValueList<PersonId> Recused { get; init; } = [];

    /// <summary>A decision that waits for a second examiner.</summary>
    public DecisionDraft? Draft { get; init; }
    public int Drafts { get; init; }

    public ValueList<Reopening> Reopenings { get; init; } = [];
    public ValueList<Breach> Breaches { get; init; } = [];
    public ValueList<Sanction> Sanctions { get; init; } = [];
    public ValueList<Challenge> Challenges { get; init; } = [];

    /// <summary>Whether the sides were told that somebody examines it.</summary>
    public bool IsExamined { get; init; }

    /// <summary>Until when other staff may answer what the examiner asked them; null when nothing is asked.</summary>
    public Instant? RiskUntil { get; init; }

    /// <summary>The appeals that are to be decided now: one, or two that were joined.</summary>
    public IEnumerable<Appeal> OpenAppeals => Appeals.Where(appeal => appeal.State == AppealState.Open);

    public Reopening? OpenReopening => Reopenings.LastOrDefault(request => request.State == ReopeningState.Asked);

    public Breach? Breach(int no) => Breaches.FirstOrDefault(breach => breach.No == no);
    public Sanction? Sanction(int no) => Sanctions.FirstOrDefault(sanction => sanction.No == no);
    public Outcome? Outcome(int no) => Outcomes.FirstOrDefault(outcome => outcome.No == no);

    /// <summary>The decision, and those that it upheld: what an appeal against it is about.</summary>
    public IEnumerable<Outcome> ChainOf(int no) =>
        Outcome(no) is not { } outcome ? []
        : outcome is { Result: AppealResult.Upheld, Attacked: { } earlier } ? ChainOf(earlier).Append(outcome)
        : [outcome];

    private bool AwaitsPlatform =>
        Obligations.Any(standing => standing.AwaitsRuling)
        || Breaches.Any(Breaching.IsOpen)
        || ClosedAt is not null && Sanctions.Any(sanction => sanction.State == SanctionState.Appealed);

    private Dispute? Afterwards(DisputeEvent happened, Fact fact) => happened switch
    {
        AppealFiled filed => After(filed, fact.At),
        AppealJoined joined => this with
        {
            Appeals = Appeals.Add(new(
                joined.Appeal, joined.Outcome, joined.By, joined.Findings, joined.Exhibits, fact.At, AppealState.Open)),
        },
        JoiningTimeEnded => this,
        AppealDecided decided => After(decided, fact),
        DecisionLeftStanding => AppealsBecome(AppealState.LeftStanding) with { Stage = Stage.Fulfilment, Draft = null },
        ReopeningRequested or ReopeningGranted or ReopeningDenied => OfReopening(happened, fact),
        BreachReported or BreachAnswered or BreachUnanswered or BreachRuled => OfBreach(happened, fact),
        AbuseFound or MeasureAppealed or MeasureReviewed or AbuseReversed => OfMeasures(happened, fact),
        _ => OfExamination(happened, fact),
    };

    private Dispute After(Decided decided, Fact fact)
    {
        var outcome = new Outcome(decided.Outcome, OutcomeKind.Decision, decided.Lines, fact.At)
        {
            Findings = decided.Findings.Count,
        };
        return After(outcome, decided.Obligations, Holds(decided)).DecidedBy(fact, decided.Outcome, decided.Starts);
    }

    private Dispute After(AppealFiled filed, Instant at) => this with
    {
        Stage = Stage.Appeal,
        Level = Level + 1,
        Examiner = null,
        IsExamined = false,
        Draft = null,
        SpokeInReview = [],
        Closing = null,
        ClosedAt = null,
        AppealRights = [],
        Appeals = Appeals.Add(new(
            filed.Appeal, filed.Outcome, filed.By, filed.Findings, filed.Exhibits, at, AppealState.Open)),
        Obligations = Obligations.Change(
            standing => filed.Suspends.Contains(standing.Obligation.No),
            standing => standing with { State = ObligationState.Waiting, Held = true }),
        Breaches = WithdrawnOn(filed.Suspends),
    };

    private Dispute After(AppealDecided decided, Fact fact)
    {
        var outcome = new Outcome(decided.Outcome, OutcomeKind.Decision, decided.Lines, fact.At)
        {
            Findings = decided.Findings.Count,
            Attacked = decided.Attacked,
            Result = decided.Result,
            Items = Outcome(decided.Attacked)?.Items ?? [],
        };
        var replaced = decided.Result == AppealResult.Upheld
            ? []
            : ChainOf(decided.Attacked).Select(link => link.No).ToHashSet();
        var next = Cancel(decided.Replaces).AppealsBecome(StateOf(decided.Result));
        return (next with { Outcomes = next.Outcomes.Change(
                link => replaced.Contains(link.No), link => link with { ReplacedBy = decided.Outcome }) })
            .After(outcome, decided.Obligations, Holds(decided))
            .DecidedBy(fact, decided.Outcome, decided.Starts) with { Stage = Stage.Fulfilment };
    }

    private static AppealState StateOf(AppealResult result) => result switch
    {
        AppealResult.Upheld => AppealState.Upheld,
        AppealResult.Varied => AppealState.Varied,
        AppealResult.Overturned => AppealState.Overturned,
    };

    private Dispute AppealsBecome(AppealState state) => this with
    {
        Appeals = Appeals.Change(appeal => appeal.State == AppealState.Open, appeal => appeal with { State = state }),
    };

    private Dispute DecidedBy(Fact fact, int outcome, ValueList<Term> starts)
    {
        var who = new PersonId(fact.By.Whose);
        return this with
        {
            Draft = null,
            Deciders = fact.By.Role.IsStaff() && !Deciders.Contains(who) ? Deciders.Add(who) : Deciders,
            AppealRights = RightsFrom(starts, outcome),
        };
    }

    private static ValueList<AppealRight> RightsFrom(ValueList<Term> starts, int outcome) => starts
        .Where(term => term.Kind == TermKind.AppealWindow)
        .Select(term => new AppealRight(term.Who, outcome, term.Due))
        .ToValueList();

    /// <summary>A time to appeal that was prolonged is prolonged for good: the right outlives its term.</summary>
    private ValueList<AppealRight> RightsUnder(ValueList<Term> terms) => AppealRights.Count == 0
        ? AppealRights
        : AppealRights.Select(right => terms.FirstOrDefault(term =>
                term.Kind == TermKind.AppealWindow && term.Who == right.Who) is { } term
            ? right with { Until = term.Due }
            : right).ToValueList();

    /// <summary>Where what was decided waits until the time to appeal is over.</summary>
    private static bool Holds(DisputeEvent decided) => decided.Starts.Any(term =>
        term is { Kind: TermKind.AppealWindow, Otherwise: Consequence.OutcomeIsCarriedOut });

    /// <summary>An agreement after an outcome takes its place, and ends what was to be reviewed in it.</summary>
    private Dispute SettledBy(int settlement)
    {
        var next = AppealsBecome(AppealState.Settled) with { AppealRights = [], Draft = null };
        return OpenItems.Count > 0 ? next : next with
        {
            Outcomes = Outcomes.Change(outcome => outcome.Stands, outcome => outcome with { ReplacedBy = settlement }),
        };
    }

    /// <summary>Who closes gives up an appeal of their own and not the other side's.</summary>
    private Dispute LeftBehind(DisputeClosed closed) => (closed.By is { } by ? GivesUpAppeal(by) : this) with
    {
        Draft = null,
        Breaches = Breaches.Change(Breaching.IsOpen, breach => breach with { State = BreachState.Withdrawn }),
    };

    /// <summary>Once an obligation is confirmed, or falls away, a report about it has lost its object.</summary>
    private ValueList<Breach> WithdrawnOn(ValueList<int> obligations) => Breaches.Change(
        breach => obligations.Contains(breach.Obligation) && Breaching.IsOpen(breach),
        breach => breach with { State = BreachState.Withdrawn });

    private Dispute GivesUpAppeal(Role who) =>
        this with { AppealRights = AppealRights.Where(right => right.Who != who).ToValueList() };

    /// <summary>
    /// What the items are open for again: the outcomes about them stand no more, what was done stays done.
    /// </summary>
    private Dispute Anew(ValueList<ClaimItem> items, Stage stage) => this with
    {
        Stage = stage,
        OpenItems = items,
        Outcomes = Outcomes.Change(outcome => outcome.Stands, outcome => outcome with { SetAside = true }),
        AppealRights = [],
        Level = 0,
        SpokeInReview = [],
        Closing = null,
        ClosedAt = null,
        Draft = null,
    };

    private Dispute OfReopening(DisputeEvent happened, Fact fact) => happened switch
    {
        ReopeningRequested asked => this with
        {
            Stage = Stage.ReopeningRequested,
            Reopenings = Reopenings.Add(new(asked.Request, asked.By, asked.Ground, fact.At, ReopeningState.Asked)),
        },
        ReopeningGranted granted => ReopeningBecomes(granted.Request, ReopeningState.Granted, fact.At)
            .Anew(Opening.Items, granted.Into),
        ReopeningDenied denied => ReopeningBecomes(
            denied.Request, denied.By is null ? ReopeningState.Unanswered : ReopeningState.Denied, fact.At) with
        {
            Stage = Stage.Closed,
        },
        _ => throw new UnreachableException($"No fold for {happened.GetType().Name}."),
    };

    private Dispute ReopeningBecomes(int no, ReopeningState state, Instant at) => this with
    {
        Reopenings = Reopenings.Change(
            request => request.No == no, request => request with { State = state, EndedAt = at }),
    };
}

namespace Entente.Domain.Disputes;

// WARNING: names, members and enum values in this file are a storage format for ever (docs/events.md, golden files).
// A member may be added with a default; nothing may be renamed, removed or given another meaning.

/// <summary>
/// A side that lost something by a decision asked for one more review; what is not yet done waits for it.
/// </summary>
/// <param name="Outcome">The decision that is attacked.</param>
/// <param name="Findings">Numbers of its findings that are attacked, from 1.</param>
/// <param name="Exhibits">Numbers of the open exhibits that are brought for it.</param>
/// <param name="Suspends">Obligations that wait until it is decided.</param>
public sealed record AppealFiled(
    int Appeal,
    int Outcome,
    Role By,
    ValueList<int> Findings,
    ValueList<int> Exhibits,
    PersonalRef Text,
    ValueList<int> Suspends) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>The other side appealed too, within its time to join.</summary>
public sealed record AppealJoined(
    int Appeal, int Outcome, Role By, ValueList<int> Findings, ValueList<int> Exhibits, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>A side's time to join the other's appeal passed unused.</summary>
public sealed record JoiningTimeEnded(Role Who) : DisputeEvent;

/// <summary>Another examiner decided on an appeal: the first decision stands, or this one takes its place.</summary>
/// <param name="Attacked">The decision that was attacked; it stays readable.</param>
/// <param name="Lines">All that is granted, what was done before included.</param>
/// <param name="Obligations">What is still owed, net of what was done before.</param>
/// <param name="Replaces">Obligations of the attacked decision that fall away.</param>
public sealed record AppealDecided(
    int Outcome,
    int Attacked,
    AppealResult Result,
    ValueList<Finding> Findings,
    ValueList<SetAsideExhibit> SetAside,
    ValueList<RemedyLine> Lines,
    ValueList<PersonalRef> Reasons,
    ValueList<Obligation> Obligations,
    ValueList<int> Replaces) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal =>
        Findings.SelectMany(finding => finding.Question).Concat(Reasons);
}

/// <summary>Nobody decided on an appeal in time: the decision that was attacked stands.</summary>
public sealed record DecisionLeftStanding(int Outcome) : DisputeEvent;

/// <summary>A side asked for a closed dispute to be taken up again, and why.</summary>
public sealed record ReopeningRequested(int Request, Role By, ReopeningGround Ground, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>A closed dispute goes on under its number, with all that stands in it.</summary>
/// <param name="Into">The stage it goes on in.</param>
public sealed record ReopeningGranted(int Request, Stage Into, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>A closed dispute stays closed; by a rule where nobody answered the request in time.</summary>
public sealed record ReopeningDenied(int Request, Role? By, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>A side reported that the other does not honour what was agreed or decided.</summary>
public sealed record BreachReported(int Breach, int Obligation, Role By, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>The side that is said to be in breach answered the report.</summary>
public sealed record BreachAnswered(int Breach, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>The time to answer a report of breach passed.</summary>
public sealed record BreachUnanswered(int Breach, Role Who) : DisputeEvent;

/// <summary>The platform ruled on a report of breach and took measures; by a rule where nobody ruled in time.</summary>
/// <param name="Upheld">Whether the obligation was not honoured; it then stays on record as such.</param>
/// <param name="Obligations">What is owed from now on.</param>
public sealed record BreachRuled(
    int Breach,
    bool Upheld,
    ValueList<Measure> Measures,
    ValueList<RemedyLine> Lines,
    ValueList<Obligation> Obligations,
    PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>
/// The platform found that a side abused the procedure: on which facts, shown to both by which exhibits.
/// </summary>
/// <param name="Measure">Its number among the dispute's measures; it is appealed as they are.</param>
public sealed record AbuseFound(int Measure, Role Against, ValueList<int> Exhibits, PersonalRef Facts) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Facts];
}

/// <summary>The side that a measure or a finding of abuse is against asked somebody else to look at it.</summary>
public sealed record MeasureAppealed(int Measure, Role By, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>A measure was looked at once more: lifted, or left as it is; by a rule where nobody did in time.</summary>
public sealed record MeasureReviewed(int Measure, bool Lifted, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>A finding of abuse was reversed: it counts as never made.</summary>
public sealed record AbuseReversed(int Measure, PersonalRef Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>An outcome that a side's silence had given was set aside by a person; the review begins anew.</summary>
/// <param name="Cancels">Obligations of it that fall away.</param>
public sealed record OutcomeSetAside(int Outcome, ValueList<int> Cancels, PersonalRef Reason) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Reason];
}

/// <summary>A slip of the pen in a decision was put right; the decision itself stays as it was written.</summary>
/// <param name="Line">The remedy line whose amount was wrong, from 1; null where no figure was.</param>
/// <param name="Amount">The amount that was meant, in minor units.</param>
/// <param name="Text">What was wrong, once in each language of the decision.</param>
public sealed record DecisionCorrected(int Outcome, int? Line, long? Amount, ValueList<PersonalRef> Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text;
}

/// <summary>A decision waits for a second examiner's approval; nobody but the platform's people knows of it.</summary>
/// <param name="Result">What it does with the decision that was attacked, on appeal.</param>
/// <param name="Due">Until when the second examiner should have looked at it.</param>
public sealed record DecisionDrafted(
    int Draft,
    AppealResult? Result,
    ValueList<Finding> Findings,
    ValueList<SetAsideExhibit> SetAside,
    ValueList<RemedyLine> Lines,
    ValueList<PersonalRef> Reasons,
    Instant Due) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
    public override IEnumerable<PersonalRef> Personal =>
        Findings.SelectMany(finding => finding.Question).Concat(Reasons);
}

/// <summary>A second examiner approved a decision; it is published with this.</summary>
public sealed record DecisionApproved(int Draft) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
}

/// <summary>A second examiner gave a decision back to its author, with the reason.</summary>
public sealed record DecisionReturned(int Draft, PersonalRef Reason) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
    public override IEnumerable<PersonalRef> Personal => [Reason];
}

/// <summary>An examiner withdrew from a case, and why. Who it was stays with the platform.</summary>
public sealed record ExaminerRecused(PersonId Examiner, PersonalRef Reason) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
    public override IEnumerable<PersonalRef> Personal => [Reason];
}

/// <summary>A side asked for another examiner, and why.</summary>
public sealed record ExaminerChallenged(Role By, PersonalRef Reason) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => [Reason];
}

/// <summary>The platform answered who asked for another examiner; by a rule where nobody did in time.</summary>
/// <param name="To">The side that had asked.</param>
/// <param name="Replaced">Whether somebody else examines the dispute from now on.</param>
public sealed record ChallengeAnswered(Role To, bool Replaced, PersonalRef? Text) : DisputeEvent
{
    public override IEnumerable<PersonalRef> Personal => Text is null ? [] : [Text];
}

/// <summary>
/// The examiner asked other staff whether a case belongs to a pattern; what they find counts only as an exhibit.
/// </summary>
/// <param name="Until">The examination goes on without them after that.</param>
public sealed record ReferredToRisk(Instant Until, PersonalRef Text) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
    public override IEnumerable<PersonalRef> Personal => [Text];
}

/// <summary>Other staff answered what the examiner had asked.</summary>
public sealed record RiskAnswered(PersonalRef Text) : DisputeEvent
{
    public override Audience Audience => Audience.Staff;
    public override IEnumerable<PersonalRef> Personal => [Text];
}

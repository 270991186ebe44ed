using Entente.Domain.Disputes;

namespace Entente.Domain.Policies;

/// <summary>
/// A past dispute under other rules: what would have ended otherwise first, and who would have waited longer. See
/// docs/policies.md for what a replay means; after its first difference nothing is claimed.
/// </summary>
/// <param name="Difference">What would have happened otherwise first; null where all went as it did.</param>
/// <param name="Waits">What passing times would have added (or saved, below zero) for who was waiting.</param>
public sealed record Replay(DisputeId Dispute, ReplayDifference? Difference, ValueList<ReplayWait> Waits)
{
    public bool IsSame => Difference is null && Waits.Count == 0;

    /// <summary>Reads a dispute's facts once, in order, keeping each act at its
    /// distance from the term it answered.</summary>
    public static Replay Of(DisputeId dispute, IReadOnlyList<Fact> facts, Policy changed) =>
        facts is [{ Event: DisputeOpened }, ..]
            ? new Replaying(dispute, facts, changed).Run()
            : new(dispute, null, []);
}

/// <summary>The first thing that would have gone otherwise.</summary>
/// <param name="Term">The kind of term; null for the opening itself or a complaint.</param>
/// <param name="Who">Whose term it was.</param>
/// <param name="At">When the difference would have shown.</param>
public sealed record ReplayDifference(ReplayChange Change, TermKind? Term, Role Who, Instant At, Consequence? Then);

/// <summary>How a past dispute would have differed.</summary>
public enum ReplayChange
{
    /// <summary>The dispute could not have been opened on that day.</summary>
    NotOpened,
    /// <summary>An act came too late under the changed rules: what was announced for silence had happened.</summary>
    TooLate,
    /// <summary>The same silence would have had another consequence.</summary>
    OtherConsequence,
    /// <summary>A complaint came before the changed rules allow one.</summary>
    ComplaintTooEarly,
    /// <summary>A decision could not have been challenged.</summary>
    NoAppeal,
}

/// <summary>Time that a passed term would have added to somebody's waiting.</summary>
/// <param name="Waited">The side that was waiting for the one who was silent.</param>
public sealed record ReplayWait(TermKind Term, Role Waited, Duration Longer);

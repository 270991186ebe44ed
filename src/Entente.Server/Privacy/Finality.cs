using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Server.Privacy;

/// <summary>From when nothing can come of a dispute any more, so that what
/// people wrote in it is needed by nobody.</summary>
internal static class Finality
{
    /// <summary>
    /// Null while it is open, or while somebody's right, an objection or the bank's procedure still runs: closed, and
    /// past the windows for a breach report and for reopening.
    /// </summary>
    public static Instant? Of(Dispute dispute, Policy policy)
    {
        if (dispute.IsOpen || dispute.ClosedAt is not { } closed || IsContested(dispute)) return null;
        var rules = policy.For(dispute.Reason, dispute.Remedy);
        var final = policy.Calendar.Due(closed, rules.Fulfilment.BreachWindow);
        return rules.Reopening is { Mode: not ReopeningMode.Never, Window: { } window }
            ? Instant.Max(final, policy.Calendar.Due(closed, window))
            : final;
    }

    private static bool IsContested(Dispute dispute) =>
        dispute.Terms.Count > 0
        || dispute.Chargebacks.Any(chargeback => !chargeback.Final)
        || dispute.Sanctions.Any(sanction => sanction.State == SanctionState.Appealed);
}

/// <summary>What stands in the way of an erasure.</summary>
/// <param name="Until">When a window ends; null where nobody knows.</param>
public sealed record Obstacle(DisputeId Dispute, ObstacleKind Kind, Instant? Until, string? Reason, string? Owner);

/// <summary>The kinds of <see cref="Obstacle"/>.</summary>
public enum ObstacleKind { Open, NotFinal, Held }

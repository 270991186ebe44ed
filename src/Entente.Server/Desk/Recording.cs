using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>An answer of the rules as what is to be written: facts in their
/// places, what they set in motion, what they hold.</summary>
internal static class Recording
{
    public static (ValueList<Fact> Facts, Dispute After) Of(
        Dispute before, Accepted accepted, Context context, CommandId cause)
    {
        var (facts, dispute) = (new List<Fact>(accepted.Events.Count), before);
        foreach (var happened in accepted.Events)
        {
            var n = dispute.Counts[(int)happened.Audience] + 1;
            var fact = new Fact(dispute.Version + 1, n, context.Now, context.By, cause, context.Policy.Stamp, happened);
            facts.Add(fact);
            dispute = dispute.After(fact);
        }
        return (facts.ToValueList(), dispute);
    }

    public static IReadOnlyList<OutboxRow> Outbox(Dispute before, Dispute after, ValueList<Fact> facts) =>
        [.. Notices.For(before, after, facts).Select(notice =>
            new OutboxRow("notice", JsonSerializer.Serialize(notice, StoredJson.Options), after.LastAt))];

    /// <summary>Whatever claims more of the order is judged at the version it
    /// was decided on; giving back needs none.</summary>
    /// <param name="movesMoney">Money is set aside or freed on what was read at that version.</param>
    public static HeadChange? Head(Dispute before, Dispute after, int version, bool movesMoney)
    {
        var (held, holds, promised) = (before.HeldUnits, after.HeldUnits, after.Promised - before.Promised);
        if (held.Equals(holds) && promised == 0 && !movesMoney) return null;
        var claims = movesMoney || promised > 0 || holds.Sum(units => units.Count) > held.Sum(units => units.Count);
        return new(claims ? version : null, held.Equals(holds) ? null : holds, promised);
    }
}

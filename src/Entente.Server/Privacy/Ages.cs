using Entente.Domain;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Privacy;

/// <summary>
/// From when what people wrote in a closed dispute is too old to be kept: by the rules it was opened under, or where
/// they say nothing by the setting <c>retention_days</c>.
/// </summary>
public sealed class Ages(DisputeStore store, PolicyShelf policies, Settings settings)
{
    /// <summary>No dispute closed more recently than that is too old; null where none ever is.</summary>
    public async Task<Duration?> Youngest(CancellationToken stop)
    {
        var ages = (await policies.All(stop))
            .SelectMany(policy => policy.Anywhere)
            .Select(rules => rules.Closing.EraseAfter).OfType<Span>().Select(AtLeast)
            .Concat(BySetting is { } days ? [days] : [])
            .ToList();
        return ages.Count == 0 ? null : ages.Min();
    }

    /// <summary>The instant from which on this one is; null where it never is, or is open.</summary>
    public async Task<Instant?> Of(DisputeId id, CancellationToken stop)
    {
        var dispute = (await store.Read(id, stop)).Dispute;
        if (dispute.ClosedAt is not { } closed) return null;
        var policy = await policies.Find(dispute.Opening.Policy, stop);
        return dispute.Under(policy).Closing.EraseAfter is { } after
            ? policy.Calendar.Due(closed, after)
            : closed + BySetting;
    }

    private Duration? BySetting => settings.RetentionDays is { } days ? Duration.FromDays(days) : null;

    /// <summary>Calendar and business days are never less than so many days, but for the clocks' change.</summary>
    private static Duration AtLeast(Span span) => span.Unit == SpanUnit.Hours
        ? Duration.FromHours(span.Count)
        : Duration.FromDays(span.Count) - Duration.FromHours(1);
}

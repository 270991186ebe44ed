using System.Data.Common;
using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>
/// Reminds who has to act, before their time is over, as often as the dispute's rules say: never twice of the same, and
/// not once they have acted. Looks for the due times that came near since it looked last, so it reads few rows.
/// </summary>
public sealed partial class DueReminders(
    Database database, DisputeStore store, PolicyShelf policies, ILogger<DueReminders> log)
{
    /// <summary>Sends the reminders whose time has come; gives how many there were.</summary>
    public async Task<int> Look(CancellationToken stop = default)
    {
        var (sent, now) = (0, database.Now());
        var last = await LookedAt(stop) ?? now;
        foreach (var before in await Spans(stop))
            foreach (var dispute in await DueBetween(last + Length(before), now + Length(before), stop))
                sent += await Remind(dispute, before, now, stop);
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO reminder_clock (id, looked_at) VALUES ('due', @now)
            ON CONFLICT (id) DO UPDATE SET looked_at = excluded.looked_at
            """, new { now }, transaction), stop);
        return sent;
    }

    private async Task<Instant?> LookedAt(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var micros = await connection.QuerySingleOrDefaultAsync<long?>(
            "SELECT looked_at FROM reminder_clock WHERE id = 'due'");
        return micros is { } at ? Micros.From(at) : null;
    }

    /// <summary>Every length before a due time that any published rules know.</summary>
    private async Task<IReadOnlyList<Span>> Spans(CancellationToken stop)
    {
        var spans = new HashSet<Span>();
        foreach (var policy in await policies.All(stop))
            spans.UnionWith(policy.Anywhere.SelectMany(rules => rules.Reminder.Before));
        return [.. spans];
    }

    private async Task<IReadOnlyList<DisputeId>> DueBetween(Instant after, Instant until, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<(string Order, string Suffix)>(
            "SELECT order_id, suffix FROM dispute WHERE due_at > @after AND due_at <= @until", new { after, until });
        return [.. rows.Select(row => new DisputeId(new(row.Order), row.Suffix))];
    }

    /// <summary>Reminds everybody whose time is near; one dispute's trouble keeps no other from it.</summary>
    private async Task<int> Remind(DisputeId id, Span before, Instant now, CancellationToken stop)
    {
        try
        {
            return await Remind((await store.Read(id, stop)).Dispute, before, now, stop);
        }
        catch (DamagedDisputeException damaged)
        {
            LogDamaged(damaged.Dispute, damaged.Why);
            return 0;
        }
    }

    /// <summary>
    /// The dispute was read anew: who has done their part is not reminded, and nobody learns of it by one either.
    /// </summary>
    private async Task<int> Remind(Dispute dispute, Span before, Instant now, CancellationToken stop)
    {
        var policy = await policies.Find(dispute.Opening.Policy, stop);
        if (!dispute.Under(policy).Reminder.Before.Contains(before)) return 0;
        var sent = 0;
        foreach (var term in dispute.Terms.Where(
            term => term.Due > now && term.Due - Length(before) <= now && !dispute.IsMet(term)))
            if (await database.Write(transaction => Write(transaction, dispute, term, before, now), stop)) sent++;
        return sent;
    }

    private static async Task<bool> Write(
        DbTransaction transaction, Dispute dispute, Term term, Span before, Instant now)
    {
        var key = $"{before.Count}-{Codes.Of(before.Unit)}";
        var isNew = await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO due_reminder (order_id, suffix, term, before, at)
            VALUES (@Order, @Suffix, @term, @key, @now) ON CONFLICT DO NOTHING
            """, new { dispute.Id.Order, dispute.Id.Suffix, term = term.Id, key, now }, transaction) > 0;
        if (!isNew) return false;
        var person = term.Who == Role.Examiner ? dispute.Examiner : null;
        var notice = new Notice(
            term.Who, person, "due_reminder", Who.Rule, Audience.All, 0, term.Kind, term.Due);
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO outbox (order_id, id, suffix, seq, kind, lane, payload, created_at, not_before)
            VALUES (@Order, @id, @Suffix, @Version, @kind, '', @payload, @now, @now) ON CONFLICT DO NOTHING
            """,
            new
            {
                dispute.Id.Order, dispute.Id.Suffix, dispute.Version, now, id = $"reminder-{term.Id}.{key}",
                kind = NoticeCourier.Notices, payload = JsonSerializer.Serialize(notice, StoredJson.Options),
            }, transaction);
        return true;
    }

    private static Duration Length(Span span) =>
        span.Unit == SpanUnit.Hours ? Duration.FromHours(span.Count) : Duration.FromDays(span.Count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody can be reminded in dispute {Dispute}: {Why}")]
    private partial void LogDamaged(DisputeId dispute, string why);
}

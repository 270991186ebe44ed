using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Nodes;
using Entente.Server.Payments;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>
/// The only door to a dispute, for pages, API, providers and the clock alike: read, lapse what is overdue, decide,
/// append. Whoever loses a race decides again on what the winner wrote.
/// </summary>
public sealed class DisputeDesk(
    DisputeStore store, OrderBook orders, PolicyShelf policies, Antecedents antecedents)
{
    private const int TriesMax = 24;
    private const int LapsesMax = 200;
    private const int DisputeIdBytes = 10;
    private readonly WaitingLine _losers = new();

    /// <summary>Opens a dispute of an order; the reply tells its id.</summary>
    /// <param name="by">Whom the asker acts as; the caller has checked that the order is theirs.</param>
    public async Task<Reply> Open(
        OrderId order, OpenDispute command, Actor by, string asker, string? key = null,
        CancellationToken stop = default)
    {
        if (await policies.Current(command.Marketplace, stop) is not { } policy) return new Reply.NoPolicy();
        var id = DisputeId.Of(order, RandomNumberGenerator.GetBytes(DisputeIdBytes));
        var ask = new Ask(id, command, _ => by, asker) { Key = key, Fingerprint = Fingerprint.Of(command, null) };
        return await Again(ask, policy, stop);
    }

    /// <summary>Asks something of a dispute that was opened.</summary>
    public Task<Reply> Ask(Ask ask, CancellationToken stop = default) => Again(ask, null, stop);

    /// <summary>Lapses what is overdue, and nothing else; how the clock asks.</summary>
    public async Task<Reply> Lapse(DisputeId id, CancellationToken stop = default)
    {
        try
        {
            var (stored, late) = await Lapsed(id, stop);
            return late ?? (stored.Dispute.Exists ? new Reply.Done(stored.Dispute, [], false) : new Reply.NotFound());
        }
        catch (DamagedDisputeException damaged)
        {
            return new Reply.Damaged(damaged.Why);
        }
    }

    private async Task<Reply> Again(Ask ask, Policy? opening, CancellationToken stop)
    {
        using var span = Telemetry.Span("ask", ask.Command.Move.Name);
        var reply = await Answer(ask, opening, stop);
        Telemetry.Answered(ask.Command.Move.Name, reply.GetType().Name.ToLowerInvariant(),
            reply is Reply.Refused { Refusal.Code: var code } ? Codes.Of(code) : null);
        return reply;
    }

    private async Task<Reply> Answer(Ask ask, Policy? opening, CancellationToken stop)
    {
        try
        {
            if (await Once(ask, opening, stop) is { } reply) return reply;
            using var turn = await _losers.Wait(ask.Dispute, stop);
            for (var attempt = 1; attempt < TriesMax; attempt++)
                if (await Once(ask, opening, stop) is { } later)
                    return later;
            return new Reply.Contended();
        }
        catch (DamagedDisputeException damaged) when (damaged.InnerException is not UnknownFactException)
        {
            return new Reply.Damaged(damaged.Why);
        }
    }

    /// <summary>One attempt; null where somebody else was faster.</summary>
    private async Task<Reply?> Once(Ask ask, Policy? opening, CancellationToken stop)
    {
        var (stored, late) = await Lapsed(ask.Dispute, stop);
        var dispute = stored.Dispute;
        if (late is not null) return late;
        if (dispute.Exists == opening is not null || ask.By(dispute) is not { } by) return new Reply.NotFound();
        var print = ask.Key is null ? "" : ask.Fingerprint ?? Fingerprint.Of(ask.Command, ask.Dispute);
        if (ask.Key is { } key && await store.Answer(ask.Dispute.Order, ask.Asker, key, stop) is { } first)
            return await Replay(first, print, stop);
        if (IsStale(ask, dispute)) return new Reply.Stale(dispute);

        var judging = await Context(dispute, by, opening, stop);
        if (judging is null) return new Reply.NotFound();
        var (context, head) = judging.Value;
        if (ask.Command is PlaceBlindBid) context = await Unsealing(context, ask.Dispute, stop);
        if (ask.Command is OpenDispute open) context = context with { Head = await Knowing(context, open, stop) };
        return ask.Command.Judge(dispute, context) switch
        {
            Refused refused => new Reply.Refused(dispute, refused.Refusal) { Also = refused.Also },
            Accepted { Events.Count: 0 } => new Reply.Done(dispute, [], false),
            Accepted accepted =>
                await Write(stored, accepted, context, head, (ask.Asker, ask.Key, print), NewId.Make(), stop),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The dispute with everything overdue lapsed, each in a commit of
    /// its own; or why that did not work.</summary>
    private async Task<(StoredDispute Stored, Reply? Trouble)> Lapsed(DisputeId id, CancellationToken stop)
    {
        for (var lapse = 0; lapse < LapsesMax; lapse++)
        {
            var stored = await store.Read(id, stop);
            var dispute = stored.Dispute;
            if (dispute.Terms.FirstOrDefault() is not { } term || store.Now(dispute) < term.Due) return (stored, null);
            var (context, head) = await Context(dispute, Actor.Rule(term.Rule), null, stop)
                ?? throw new DamagedDisputeException(id, "its order is gone");
            if (new Lapse(term.Id).Judge(dispute, context) is not Accepted { Events.Count: > 0 } accepted)
                throw new InvalidOperationException($"Term {term.Id} of dispute {id} does not lapse.");
            var reply = await Write(stored, accepted, context, head, null, $"term-{term.Id}", stop);
            if (reply is not null and not Reply.Done) return (stored, reply);
        }
        throw new InvalidOperationException($"Dispute {id} does not come to rest.");
    }

    private async ValueTask<(Context Context, int Head)?> Context(
        Dispute dispute, Actor by, Policy? opening, CancellationToken stop)
    {
        if (await orders.HeadFor(dispute, stop) is not { } found) return null;
        var policy = opening ?? await policies.Find(dispute.Opening.Policy, stop);
        return (new(store.Now(dispute), by, policy, found.Head), found.Version);
    }

    /// <summary>Only a confidential amount is judged by what lies sealed beside the facts.</summary>
    private async Task<Context> Unsealing(Context context, DisputeId dispute, CancellationToken stop)
    {
        var texts = await store.Texts(dispute, stop);
        return context with { Unseal = text => texts.Show(text).Value };
    }

    private Task<OrderHead> Knowing(Context context, OpenDispute open, CancellationToken stop) => antecedents.Of(
        context.Head, open.Marketplace, context.Role,
        context.Role == Role.Buyer ? context.Head.Order.Buyer : open.Seller, stop);

    private static bool IsStale(Ask ask, Dispute dispute) =>
        ask.Seen is { } seen && ask.Reads?.Invoke(dispute) is { } viewer && viewer.VersionOf(dispute) != seen;

    /// <summary>The first answer once more; what it reads like is settled by
    /// today's rights, not by the day's it was given.</summary>
    private async Task<Reply> Replay(RecordedAnswer first, string print, CancellationToken stop)
    {
        if (first.Fingerprint != print) return new Reply.KeyReused();
        var history = await store.History(first.Dispute, stop);
        var dispute = history.Aggregate(Dispute.Nothing(first.Dispute), (folded, fact) => folded.After(fact));
        return new Reply.Done(dispute,
            [.. history.Where(fact => fact.Seq >= first.SeqFrom && fact.Seq <= first.SeqTo)], true);
    }

    /// <summary>Null where somebody else was faster, the same command under the same key included.</summary>
    private async Task<Reply?> Write(
        StoredDispute stored, Accepted accepted, Context context, int head,
        (string Asker, string? Key, string Print)? asked, string cause, CancellationToken stop)
    {
        var (facts, after) = Recording.Of(stored.Dispute, accepted, context, new(cause));
        var money = MoneyChange.Of(stored.Dispute, after, facts, context);
        var append = new Append(stored, after, facts)
        {
            Texts = accepted.Texts,
            Outbox = Recording.Outbox(stored.Dispute, after, facts),
            Head = Recording.Head(stored.Dispute, after, head, money is not null),
            Money = money,
            Answer = asked is { Key: { } key } first
                ? new(first.Asker, key, first.Print, after.Id, facts[0].Seq, facts[^1].Seq)
                : null,
        };
        return await store.Append(append, stop) switch
        {
            AppendOutcome.Done => new Reply.Done(after, facts, false),
            AppendOutcome.VersionConflict or AppendOutcome.HeadConflict or AppendOutcome.KeyTaken => null,
            AppendOutcome.Overloaded => new Reply.Overloaded(),
        };
    }
}

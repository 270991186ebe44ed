using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>How money facts reach disputes: through the same door as everybody's, as the provider.</summary>
public sealed class MoneyDoor(
    Database database, DisputeStore store, OrderBook orders, DisputeDesk desk, PolicyShelf policies)
{
    private const int TriesMax = 8;
    private const int SaltBytes = 16;

    /// <summary>Tells a dispute that a refund of its succeeded or failed; once all of
    /// an obligation's are through, it is done.</summary>
    public async Task<Telling> Tell(Errand errand, CancellationToken stop)
    {
        var dispute = (await store.Read(errand.Dispute, stop)).Dispute;
        var succeeded = errand.Line.State == RefundState.Succeeded;
        if (succeeded && await IsMoreToCome(dispute, errand.Line.Obligation, stop)) return Telling.Told;
        var command = new RecordRefund(errand.Line.Obligation, succeeded, errand.Line.Amount, Mark(errand.ProviderId));
        var reply = await Ask(errand.Dispute, errand.Provider, command,
            $"{errand.Order.Key}:{Codes.Of(errand.Line.State)}:{errand.Attempts}", stop);
        return reply switch
        {
            Reply.Done or Reply.KeyReused => Telling.Told,
            Reply.Refused or Reply.NotFound => Telling.Stray,
            _ => Telling.Later,
        };
    }

    /// <summary>Asks something of a dispute as a provider.</summary>
    public Task<Reply> Ask(DisputeId dispute, string provider, DisputeCommand command, string? key,
        CancellationToken stop)
    {
        var actor = new Actor(ActorKind.Provider, Role.Provider, provider);
        return desk.Ask(new(dispute, command, standing => standing.Exists ? actor : null, $"provider:{provider}")
            { Key = key }, stop);
    }

    /// <summary>
    /// Brings refund lines in step with what the dispute owes, where money became free or a person settled something
    /// and no fact of the dispute says so.
    /// </summary>
    public async Task Replan(DisputeId id, CancellationToken stop)
    {
        for (var attempt = 0; attempt < TriesMax; attempt++)
        {
            var dispute = (await store.Read(id, stop)).Dispute;
            if (!dispute.Exists || await orders.HeadFor(dispute, stop) is not { } found) return;
            var policy = await policies.Find(dispute.Opening.Policy, stop);
            var till = found.Head.Till.Under(dispute, policy);
            var plan = RefundPlan.Of(dispute, till);
            if (plan.Count == 0 || await Written(dispute, found.Version, plan, stop)) return;
        }
    }

    /// <summary>Every dispute of an order.</summary>
    public async Task ReplanAll(OrderId order, CancellationToken stop)
    {
        foreach (var dispute in await Disputes(order, stop)) await Replan(dispute, stop);
    }

    public Task<IReadOnlyList<DisputeId>> Disputes(OrderId order, CancellationToken stop) => store.Of(order, stop);

    internal static PersonalText? Mark(string? text) => text is null
        ? null
        : new(PersonalText.Platform, "und", text, RandomNumberGenerator.GetBytes(SaltBytes));

    private Task<bool> Written(Dispute dispute, int head, ValueList<RefundChange> plan, CancellationToken stop) =>
        database.Write(async transaction =>
        {
            var stands = await Dapper.SqlMapper.ExecuteAsync(transaction.Connection!,
                """
                UPDATE order_head SET version = version + 1 WHERE order_id = @Order AND version = @head
                  AND EXISTS (SELECT 1 FROM dispute WHERE order_id = @Order AND suffix = @Suffix AND version = @Version)
                """, new { dispute.Id.Order, dispute.Id.Suffix, head, dispute.Version }, transaction);
            if (stands == 0) return false;
            using var money = new MoneyStatements(transaction.Connection!);
            money.Apply(dispute.Id, plan, new(database.Now(), "plan", IsOurs: true), transaction);
            return true;
        }, stop);

    private async Task<bool> IsMoreToCome(Dispute dispute, int obligation, CancellationToken stop)
    {
        if (dispute.Obligation(obligation) is not { } standing || await orders.HeadFor(dispute, stop) is not { } found)
            return false;
        var lines = found.Head.Till.Lines.Where(line => line.Obligation == obligation && line.Covers).ToList();
        return !standing.IsSettled
            && lines.Where(line => line.State == RefundState.Succeeded).Sum(line => line.Amount) < standing.Payable;
    }
}

using System.Text.Json;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>What Stripe's events do to the books and to disputes.</summary>
public sealed class StripeFacts(Database database, Inbox inbox, ProviderFacts facts, MoneyDoor door)
{
    public async Task Handle(InboundMessage message, CancellationToken stop)
    {
        using var parsed = JsonDocument.Parse(message.Bytes);
        if (StripeReading.Of(parsed.RootElement) is not { } saying)
        {
            await inbox.Handled(message, InboundState.NotForUs);
            return;
        }
        if (await Payment(message.Endpoint, saying.References, stop) is not { } payment)
        {
            await inbox.Handled(message, InboundState.NoPayment, subject: string.Join(' ', saying.References));
            return;
        }
        await Book(payment, saying, message.SaidAt, stop);
        await inbox.Handled(message, InboundState.Done);
    }

    /// <summary>Books what Stripe says of a payment, at an instant, and tells the disputes of its order.</summary>
    internal async Task Book(KnownPayment payment, StripeSaying saying, Instant said, CancellationToken stop)
    {
        foreach (var refund in saying.Refunds)
            await facts.Observe(payment.Order, new(
                refund.Id, payment.Payment, Minor(refund.Amount, refund.Currency, payment),
                StripeReading.RefundStatus(refund.Status), refund.Key, said, StripeReading.RankOf(refund.Status)),
                StripeProvider.ProviderName, stop);
        if (saying.Dispute is { } dispute)
        {
            var (phase, final) = StripeReading.PhaseOf(dispute.Status);
            await facts.Note(payment.Order, new(
                await NameOf(dispute, payment, stop), payment.Payment,
                Minor(dispute.Amount, dispute.Currency, payment), phase, final, dispute.Id, dispute.DueBy, said,
                StripeReading.RankOf(dispute.Status)), StripeProvider.ProviderName, stop);
        }
        await Tell(payment.Order, stop);
        await door.ReplanAll(payment.Order, stop);
    }

    /// <summary>
    /// One shape that Stripe published has no id: it is about the one dispute that its charge has, whichever of the two
    /// is heard first.
    /// </summary>
    private async Task<string> NameOf(StripeDispute dispute, KnownPayment payment, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var known = (await connection.QueryAsync<string>(
            "SELECT chargeback FROM chargeback WHERE order_id = @Order AND payment = @Payment ORDER BY changed_at",
            new { payment.Order, payment.Payment })).AsList();
        var nameless = $"{StripeProvider.ProviderName}:of_{payment.Payment}";
        var named = dispute.Id is { } id ? $"{StripeProvider.ProviderName}:{id}" : known.LastOrDefault() ?? nameless;
        return known.Contains(named) || !known.Contains(nameless) ? named : nameless;
    }

    /// <summary>Every dispute of the order hears how the bank's procedures
    /// stand now, whichever message came last.</summary>
    private async Task Tell(OrderId order, CancellationToken stop)
    {
        foreach (var standing in await Standing(order, stop))
            foreach (var dispute in await door.Disputes(order, stop))
            {
                var reply = await door.Ask(dispute, StripeProvider.ProviderName, new RecordChargeback(
                    standing.Chargeback, RefundRow.Read<ChargebackPhase>(standing.Phase), standing.Amount,
                    standing.Final,
                    standing.Payment, RefundRow.At(standing.BankDue), MoneyDoor.Mark(standing.Reference), null),
                    null, stop);
                if (reply is not (Reply.Done or Reply.NotFound))
                    throw new InvalidOperationException(
                        $"Dispute {dispute} could not be told: {reply.GetType().Name}.");
            }
    }

    private async Task<List<StandingRow>> Standing(OrderId order, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        return (await connection.QueryAsync<StandingRow>(
            """
            SELECT chargeback, payment, amount, phase, final, reference, bank_due FROM chargeback
            WHERE order_id = @order AND chargeback LIKE 'stripe:%' ORDER BY chargeback
            """, new { order })).AsList();
    }

    private async Task<KnownPayment?> Payment(
        MarketplaceId marketplace, IReadOnlyList<string> references, CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        foreach (var reference in references)
        {
            var found = await connection.QueryFirstOrDefaultAsync<(string Order, string Payment, string Currency)?>(
                """
                SELECT order_id, payment, currency FROM payment_balance
                WHERE marketplace = @marketplace AND provider = 'stripe' AND provider_ref = @reference
                """, new { marketplace, reference });
            if (found is { } known) return new(new(known.Order), known.Payment, known.Currency);
        }
        return null;
    }

    private static long Minor(long amount, string currency, KnownPayment payment) =>
        StripeAmounts.FromStripe(amount, currency) is { } money && money.Currency == payment.Currency
            ? money.Minor
            : throw new JsonException($"{amount} {currency} is no amount of a payment in {payment.Currency}.");

    private sealed class StandingRow
    {
        public required string Chargeback { get; init; }
        public required string Payment { get; init; }
        public long Amount { get; init; }
        public required string Phase { get; init; }
        public bool Final { get; init; }
        public string? Reference { get; init; }
        public long? BankDue { get; init; }
    }
}

/// <summary>A payment of an order here, found by what its provider calls it.</summary>
internal sealed record KnownPayment(OrderId Order, string Payment, string Currency);

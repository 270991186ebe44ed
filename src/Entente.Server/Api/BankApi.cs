using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>/v1/disputes/{id}/chargebacks, bank-notices: what the buyer's bank does, and what it is told.</summary>
public static class BankApi
{
    public static void MapBank(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/chargebacks", Record).IsCommand(
            "Record a chargeback",
            "That one began at the buyer's bank, or how it goes on: the same `chargeback` again with another phase.");
        dispute.MapPost("/bank-notices", Inform).IsCommand(
            "Record that the bank was told how the dispute ended",
            "For the buyer and for the marketplace, once there is an outcome.");
    }

    private static Task<IResult> Record(DisputeCall call, NewChargeback body) => call.Ask(
        (_, reading) => new RecordChargeback(
            body.Chargeback ?? NewId.Make(), body.Phase, reading.Minor(body.Amount, "amount") ?? 0, body.Final,
            body.Payment, body.BankDueAt, reading.TextIfAny(body.Reference, "und"),
            reading.TextIfAny(body.Note, body.Language)));

    private static Task<IResult> Inform(DisputeCall call, NewBankNotice body) => call.Ask(
        (_, reading) => new InformBank(body.Chargeback, body.SentAt, reading.TextIfAny(body.Note, body.Language)));
}

/// <summary>A chargeback as the caller knows it.</summary>
/// <param name="Chargeback">As an earlier answer named it; left out, it is one not recorded before.</param>
/// <param name="Final">Whether nothing more can come from the bank.</param>
/// <param name="Payment">The order's payment it is about, where that is known.</param>
/// <param name="BankDueAt">When the bank wants an answer.</param>
/// <param name="Reference">The bank's number of it.</param>
public sealed record NewChargeback(
    ChargebackPhase Phase, Money Amount, string? Chargeback = null, bool Final = false, string? Payment = null,
    Instant? BankDueAt = null, string? Reference = null, string? Note = null, string? Language = null);

/// <summary>That the bank was told.</summary>
/// <param name="SentAt">When; now if it is left out.</param>
public sealed record NewBankNotice(
    string? Chargeback = null, Instant? SentAt = null, string? Note = null, string? Language = null);

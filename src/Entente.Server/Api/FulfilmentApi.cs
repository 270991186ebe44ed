using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>/v1/disputes/{id}/obligations, closure: what was promised is done,
/// confirmed or contested, and the case closed.</summary>
public static class FulfilmentApi
{
    public static void MapFulfilment(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/obligations/{obligation:int}/performance", Perform)
            .IsCommand("Say that an obligation is done",
                "With its reference (a refund's number, a parcel's) and, where there is one, an exhibit as proof.");
        dispute.MapPost("/obligations/{obligation:int}/confirmation", Confirm)
            .IsCommand("Confirm that it came");
        dispute.MapPost("/obligations/{obligation:int}/contest", Contest)
            .IsCommand("Say that it did not come, or not as agreed", "The examiner will rule.");
        dispute.MapPost("/obligations/{obligation:int}/ruling", Rule)
            .IsCommand("Rule on a contested or missed obligation", scope: Scope.Decide);
        dispute.MapPost("/closure", Close)
            .IsCommand("Close the dispute",
                "« Clôturer le litige »: the opener chooses a reason and confirms; staff close with a reason of "
                    + "theirs.");
    }

    private static Task<IResult> Perform(DisputeCall call, int obligation, NewPerformance? body = null) => call.Ask(
        (_, reading) => new Perform(
            obligation, reading.TextIfAny(body?.Reference, "und"),
            body?.Proof is { } proof ? new ExhibitId(proof) : null));

    private static Task<IResult> Confirm(DisputeCall call, int obligation, Nothing? body = null) =>
        call.Ask((_, _) => new ConfirmPerformance(obligation));

    private static Task<IResult> Contest(DisputeCall call, int obligation, NewContest body) => call.Ask(
        (_, reading) => new ContestPerformance(
            obligation, body.Reason, reading.Minor(body.AmountReceived, "amount_received"),
            reading.TextIfAny(body.Text, body.Language)));

    private static Task<IResult> Rule(DisputeCall call, int obligation, NewRuling body) => call.Ask(
        (_, reading) => new RuleOnPerformance(
            obligation, body.Ruling, reading.Minor(body.Amount, "amount"), reading.Text(body.Text, body.Language)));

    private static Task<IResult> Close(DisputeCall call, NewClosure body) => call.Ask(
        (_, reading) => new CloseDispute(
            body.Reason, body.Confirmed, body.Received, body.AcceptsLess,
            reading.TextIfAny(body.Comment, body.Language)));
}

/// <summary>That an obligation is done; all of it may be left out.</summary>
/// <param name="Reference">A refund's or a parcel's number.</param>
/// <param name="Proof">The id of an open exhibit.</param>
public sealed record NewPerformance(string? Reference = null, string? Proof = null);

/// <summary>Why a performance is none.</summary>
/// <param name="AmountReceived">What did come, where money was owed.</param>
public sealed record NewContest(
    ContestReason Reason, Money? AmountReceived = null, string? Text = null, string? Language = null);

/// <summary>What the examiner rules.</summary>
/// <param name="Amount">The new amount, for an adjustment only.</param>
public sealed record NewRuling(Ruling Ruling, string Text, Money? Amount = null, string? Language = null);

/// <summary>A dispute to be closed.</summary>
/// <param name="Confirmed">Must be true: closing is final but for what the rules allow afterwards.</param>
/// <param name="Received">Whether it came, where the other side says that it
/// was done or the reason itself says so.</param>
/// <param name="AcceptsLess">That less came back than was agreed or decided, and that this is accepted.</param>
public sealed record NewClosure(
    ClosingReason Reason, bool Confirmed, bool? Received = null, bool AcceptsLess = false, string? Comment = null,
    string? Language = null);

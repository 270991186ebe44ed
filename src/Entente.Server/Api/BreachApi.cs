using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>
/// /v1/disputes/{id}/reopening, breaches, measures: a closed dispute taken up again, and what was not honoured.
/// </summary>
public static class BreachApi
{
    public static void MapBreaches(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/reopening", Request).IsCommand("Ask for a closed dispute to be reopened",
            "As the mode of its rules allows; add exhibits right after.");
        dispute.MapPost("/reopening/grant", Grant).IsCommand("Reopen the dispute", scope: Scope.Decide);
        dispute.MapPost("/reopening/denial", Deny).IsCommand("Leave the dispute closed", scope: Scope.Decide);
        dispute.MapPost("/breaches", Report).IsCommand("Report that an obligation was not honoured",
            "By its creditor: once it is overdue, or within the time for it after closing. Add exhibits right after.");
        dispute.MapPost("/breaches/{breach:int}/answer", Answer).IsCommand(
            "Answer a report that you did not honour something");
        dispute.MapPost("/breaches/{breach:int}/measures", Take).IsCommand("Rule on a report and take measures",
            "Measures of the rules against the side in breach, and what is owed from now on.", scope: Scope.Decide);
        dispute.MapPost("/measures/{measure:int}/appeal", Appeal).IsCommand(
            "Ask somebody else to look at a measure or a finding of abuse");
        dispute.MapPost("/measures/{measure:int}/review", Review).IsCommand(
            "Look at a measure once more", "By somebody who did not take it.", scope: Scope.Decide);
    }

    private static Task<IResult> Request(DisputeCall call, NewReopening body) => call.Ask((_, reading) =>
        new RequestReopening(body.Ground, reading.Text(body.Text, body.Language)));

    private static Task<IResult> Grant(DisputeCall call, Comment? body = null) => call.Ask((_, reading) =>
        new GrantReopening(reading.TextIfAny(body?.Text, body?.Language)));

    private static Task<IResult> Deny(DisputeCall call, Statement body) => call.Ask((_, reading) =>
        new DenyReopening(reading.Text(body.Text, body.Language)));

    private static Task<IResult> Report(DisputeCall call, NewBreach body) => call.Ask((_, reading) =>
        new ReportBreach(body.Obligation, reading.Text(body.Text, body.Language)));

    private static Task<IResult> Answer(DisputeCall call, int breach, Statement body) => call.Ask((_, reading) =>
        new AnswerBreach(breach, reading.Text(body.Text, body.Language)));

    private static Task<IResult> Take(DisputeCall call, int breach, NewMeasures body) => call.Ask((_, reading) =>
        new TakeMeasures(
            breach, body.Upheld,
            (body.Measures ?? []).Select((measure, index) => new MeasureDraft(
                measure.Kind, reading.Minor(measure.Amount, $"measures[{index}].amount"))).ToValueList(),
            reading.Remedies(body.Lines ?? [], "lines"), reading.Text(body.Text, body.Language)));

    private static Task<IResult> Appeal(DisputeCall call, int measure, Statement body) => call.Ask((_, reading) =>
        new AppealMeasure(measure, reading.Text(body.Text, body.Language)));

    private static Task<IResult> Review(DisputeCall call, int measure, MeasureReview body) => call.Ask((_, reading) =>
        new RuleOnMeasure(measure, body.Lifted, reading.Text(body.Text, body.Language)));
}

/// <summary>Why a closed dispute should be taken up again.</summary>
public sealed record NewReopening(ReopeningGround Ground, string Text, string? Language = null);

/// <summary>What was not honoured.</summary>
public sealed record NewBreach(int Obligation, string Text, string? Language = null);

/// <summary>What the platform makes of a report.</summary>
/// <param name="Upheld">Whether the obligation was not honoured.</param>
/// <param name="Lines">What is owed from now on; none where nothing is.</param>
public sealed record NewMeasures(
    bool Upheld, string Text, IReadOnlyList<NewMeasure>? Measures = null, IReadOnlyList<RemedyBody>? Lines = null,
    string? Language = null);

/// <summary>A measure.</summary>
/// <param name="Amount">Where money is paid from what the platform holds.</param>
public sealed record NewMeasure(MeasureKind Kind, Money? Amount = null);

/// <summary>Whether a measure is lifted.</summary>
public sealed record MeasureReview(bool Lifted, string Text, string? Language = null);

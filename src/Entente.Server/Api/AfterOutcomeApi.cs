using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>
/// /v1/disputes/{id}/appeal, decision/…, set-aside, challenge and the like: a decision looked at again, put right or
/// approved, and who examines.
/// </summary>
public static class AfterOutcomeApi
{
    public static void MapAfterOutcome(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/appeal", Appeal).IsCommand("Ask for an additional review",
            "By a side that lost something, in time: names findings of the decision and, where the rules ask for it, "
            + "new exhibits. While the other side's waits, it joins it.");
        dispute.MapPost("/decision/approval", Approve).IsCommand("Approve a decision that waits for it",
            "By somebody who did not write it; it is published.", scope: Scope.Decide);
        dispute.MapPost("/decision/return", Return).IsCommand(
            "Give a decision back to its author", scope: Scope.Decide);
        dispute.MapPost("/decision/correction", Correct).IsCommand("Put right a slip of the pen in a decision",
            "By who decided, before it is carried out; both sides are told, and it stays readable as it was written.",
            scope: Scope.Decide);
        dispute.MapPost("/set-aside", SetAside).IsCommand("Set aside an outcome that silence had given",
            "Once, in time, with a reason; the review begins anew.", scope: Scope.Decide);
        dispute.MapPost("/recusal", Recuse).IsCommand("Withdraw from a case", "By the examiner in charge.");
        dispute.MapPost("/challenge", Challenge).IsCommand("Ask for another examiner", "Once for each side.");
        dispute.MapPost("/challenge/ruling", RuleOnChallenge).IsCommand(
            "Answer who asked for another examiner", scope: Scope.Decide);
        dispute.MapPost("/risk", Refer).IsCommand("Ask other staff whether a case belongs to a pattern",
            "For a bounded time. What they find counts only as far as it is shown to both sides as an exhibit.");
        dispute.MapPost("/risk/answer", AnswerRisk).IsCommand("Answer what the examiner had asked other staff");
        dispute.MapPost("/abuse", FindAbuse).IsCommand("Find that a side abused the procedure",
            "On facts that open exhibits show. It can be appealed as a measure is.", scope: Scope.Decide);
    }

    private static Task<IResult> Appeal(DisputeCall call, NewAppeal body) => call.Ask((_, reading) =>
        new AppealDecision([.. body.Findings], [.. body.Exhibits ?? []], reading.Text(body.Text, body.Language)));

    private static Task<IResult> Approve(DisputeCall call, DraftBody body, People people) =>
        call.Ask(async (dispute, _) => new ApproveDecision(body.Draft, call.Caller.Person is { } person
            && await people.ActsForEither(
                call.Caller.Marketplace, person, dispute.Buyer, dispute.Seller, call.Http.RequestAborted)));

    private static Task<IResult> Return(DisputeCall call, DraftReturn body) => call.Ask((_, reading) =>
        new ReturnDecision(body.Draft, reading.Text(body.Reason, body.Language)));

    private static Task<IResult> Correct(DisputeCall call, NewCorrection body) => call.Ask((_, reading) =>
        new CorrectDecision(
            body.Outcome, body.Line, reading.Minor(body.Amount, "amount"), reading.Texts(body.Text, "text")));

    private static Task<IResult> SetAside(DisputeCall call, ReasonBody body) => call.Ask((_, reading) =>
        new SetAsideOutcome(reading.Text(body.Reason, body.Language)));

    private static Task<IResult> Recuse(DisputeCall call, ReasonBody body) => call.Ask((_, reading) =>
        new Recuse(reading.Text(body.Reason, body.Language)));

    private static Task<IResult> Challenge(DisputeCall call, ReasonBody body) => call.Ask((_, reading) =>
        new ChallengeExaminer(reading.Text(body.Reason, body.Language)));

    private static Task<IResult> RuleOnChallenge(DisputeCall call, ChallengeRuling body) => call.Ask((_, reading) =>
        new RuleOnChallenge(body.Replaced, reading.Text(body.Text, body.Language)));

    private static Task<IResult> Refer(DisputeCall call, Statement body) => call.Ask((_, reading) =>
        new ReferToRisk(reading.Text(body.Text, body.Language)));

    private static Task<IResult> AnswerRisk(DisputeCall call, Statement body) => call.Ask((_, reading) =>
        new AnswerRisk(reading.Text(body.Text, body.Language)));

    private static Task<IResult> FindAbuse(DisputeCall call, NewAbuse body) => call.Ask((_, reading) =>
        new FindAbuse(body.Against, [.. body.Exhibits], reading.Text(body.Facts, body.Language)));
}

/// <summary>What a side wants to have looked at once more.</summary>
/// <param name="Findings">Numbers of the decision's findings, from 1.</param>
/// <param name="Exhibits">Numbers of open exhibits of one's own that are new.</param>
public sealed record NewAppeal(
    IReadOnlyList<int> Findings, string Text, IReadOnlyList<int>? Exhibits = null, string? Language = null);

/// <summary>Which draft: the number that was read.</summary>
public sealed record DraftBody(int Draft);

/// <summary>Which draft is given back, and why.</summary>
public sealed record DraftReturn(int Draft, string Reason, string? Language = null);

/// <summary>A slip of the pen.</summary>
/// <param name="Outcome">The number of the decision.</param>
/// <param name="Line">The remedy line whose amount is wrong, from 1; none where no figure is.</param>
/// <param name="Text">What is wrong, by language; each language of the parties is needed.</param>
public sealed record NewCorrection(
    int Outcome, IReadOnlyDictionary<string, string> Text, int? Line = null, Money? Amount = null);

/// <summary>A reason that goes with an act.</summary>
public sealed record ReasonBody(string Reason, string? Language = null);

/// <summary>A text that is needed.</summary>
public sealed record Statement(string Text, string? Language = null);

/// <summary>Whether somebody else examines the dispute.</summary>
public sealed record ChallengeRuling(bool Replaced, string Text, string? Language = null);

/// <summary>A finding of abuse.</summary>
/// <param name="Exhibits">Numbers of the open exhibits that show the facts.</param>
public sealed record NewAbuse(Role Against, IReadOnlyList<int> Exhibits, string Facts, string? Language = null);

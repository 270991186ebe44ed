using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>
/// /v1/disputes/{id}/contests, inquiries, facts: what is said against an exhibit, and what comes from outside.
/// </summary>
public static class OutsideApi
{
    public static void MapOutside(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/evidence/{exhibit}/contests", Contest).IsCommand("Contest an exhibit",
            "One of the other side's or the platform's. The decision has to answer it.");
        dispute.MapPost("/contests/{contest:int}/answer", AnswerContest).IsCommand("Answer the contest of an exhibit",
            "By the examiner in charge, before the decision or with it.", scope: Scope.Decide);
        dispute.MapPost("/evidence/{exhibit}/admission", Admit).IsCommand("Admit an exhibit that came late",
            "By the examiner in charge, with a reason; the other side gets one term to answer.", scope: Scope.Decide);
        dispute.MapPost("/inquiries", Await).IsCommand("Wait for a third party's answer",
            "By the examiner in charge. The time for the decision stands still until it comes, or until its due time.",
            scope: Scope.Decide);
        dispute.MapPost("/inquiries/{inquiry:int}/answer", AnswerInquiry).IsCommand("Pass on a third party's answer",
            "By whoever was to ask for it, or by the examiner in charge.");
        dispute.MapPost("/facts", Record).IsCommand("Report what happened outside the dispute",
            "A refund, a shipment, a delivery, a cancellation, a suspension; at any stage. What one side alone says "
            + "counts once the other agrees.");
        dispute.MapPost("/facts/{fact:int}/answer", AnswerFact).IsCommand("Say whether a reported fact is true");
        dispute.MapPost("/reconciliation/refusal", Reject).IsCommand("Say that the dispute is not settled yet",
            "Where the remedy seems to have happened already.");
    }

    private static Task<IResult> Contest(DisputeCall call, string exhibit, NewExhibitContest body) =>
        call.Ask((_, reading) =>
        new ContestEvidence(new(exhibit), body.Ground, reading.Text(body.Text, body.Language)));

    private static Task<IResult> AnswerContest(DisputeCall call, int contest, NewContestAnswer body) =>
        call.Ask((_, reading) => new AnswerContest(contest, body.Answer, reading.Texts(body.Reasons, "reasons")));

    private static Task<IResult> Admit(DisputeCall call, string exhibit, NewAdmission body) => call.Ask((_, reading) =>
        new AdmitLateEvidence(new(exhibit), reading.Text(body.Reason, body.Language)));

    private static Task<IResult> Await(DisputeCall call, NewInquiry body) => call.Ask((_, reading) =>
        new AwaitThirdParty(body.Whom, body.Owner, body.Until, reading.Text(body.Text, body.Language)));

    private static Task<IResult> AnswerInquiry(DisputeCall call, int inquiry, NewMessage body) =>
        call.Ask((_, reading) => new AnswerInquiry(inquiry, reading.Text(body.Text, body.Language)));

    private static Task<IResult> Record(DisputeCall call, NewFact body) => call.Ask((_, reading) => new RecordFact(
        body.What, reading.Minor(body.Amount, "amount"), body.On, reading.TextIfAny(body.Reference, body.Language)));

    private static Task<IResult> AnswerFact(DisputeCall call, int fact, NewFactAnswer body) =>
        call.Ask((_, _) => new AnswerRecord(fact, body.IsTrue));

    private static Task<IResult> Reject(DisputeCall call, Comment? body = null) => call.Ask((_, reading) =>
        new RejectReconciliation(reading.TextIfAny(body?.Text, body?.Language)));
}

/// <summary>What is said against an exhibit.</summary>
public sealed record NewExhibitContest(ContestGround Ground, string Text, string? Language = null);

/// <summary>What the examiner answers to a contest.</summary>
/// <param name="Reasons">By language; each language of the parties is needed.</param>
public sealed record NewContestAnswer(ContestAnswer Answer, IReadOnlyDictionary<string, string> Reasons);

/// <summary>Why a late exhibit is admitted.</summary>
public sealed record NewAdmission(string Reason, string? Language = null);

/// <summary>Whose answer the review waits for.</summary>
/// <param name="Owner">Who asks for it and brings it: buyer, seller or examiner.</param>
/// <param name="Until">At most as long as the rules allow.</param>
/// <param name="Text">What is asked.</param>
public sealed record NewInquiry(ThirdParty Whom, Role Owner, Instant Until, string Text, string? Language = null);

/// <summary>Something that happened outside the dispute.</summary>
/// <param name="Amount">What came back, for a refund.</param>
/// <param name="On">When; never in the future.</param>
/// <param name="Reference">A payment's or a parcel's.</param>
public sealed record NewFact(
    RecordedKind What, Money? Amount = null, Instant? On = null, string? Reference = null, string? Language = null);

/// <summary>Whether a reported fact is true.</summary>
public sealed record NewFactAnswer(bool IsTrue);

using System.Diagnostics;
using Entente.Domain.Disputes;

namespace Entente.Server.Api;

/// <summary>The statuses of what is refused after an outcome, and about who examines.</summary>
internal static class LaterStatuses
{
    public static int Of(RefusalCode code) => code switch
    {
        RefusalCode.ExaminerDecidedBefore or RefusalCode.ExaminerWithdrew or RefusalCode.ApproverIsAuthor =>
            StatusCodes.Status403Forbidden,
        RefusalCode.BreachUnknown or RefusalCode.MeasureUnknown =>
            StatusCodes.Status404NotFound,
        RefusalCode.JoiningTimeRuns or RefusalCode.ChallengePending or RefusalCode.ApprovalPending or
            RefusalCode.NothingToApprove or RefusalCode.ChallengedBefore or RefusalCode.NobodyExaminesYet or
            RefusalCode.ReferredBefore or RefusalCode.NothingToAnswer or RefusalCode.NothingToAppeal or
            RefusalCode.NothingToCorrect or RefusalCode.NothingToSetAside or RefusalCode.AbuseFoundBefore or
            RefusalCode.ReopeningNever or RefusalCode.ReopeningIsANewDispute or RefusalCode.ReopeningTimeIsOver or
            RefusalCode.ReopenedTooOften or RefusalCode.NothingToReport or RefusalCode.BreachTimeIsOver or
            RefusalCode.BreachPending or RefusalCode.MeasureAppealPending =>
            StatusCodes.Status409Conflict,
        RefusalCode.FindingMissing or RefusalCode.FindingUnknown or RefusalCode.ExhibitNotNew or
            RefusalCode.NewEvidenceMissing or RefusalCode.AppealResultMissing or RefusalCode.AppealResultDoesNotFit
            or RefusalCode.AppellantMadeWorse or RefusalCode.CorrectionNotClerical or
            RefusalCode.ReopeningGroundNotYours or RefusalCode.ReopeningGroundDoesNotFit or
            RefusalCode.MeasureNotAllowed or RefusalCode.MeasuresNeedABreach =>
            StatusCodes.Status422UnprocessableEntity,
        _ => throw new UnreachableException($"No status for {code}."),
    };
}

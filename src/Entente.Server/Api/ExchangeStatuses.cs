using Entente.Domain.Disputes;

namespace Entente.Server.Api;

/// <summary>The statuses of what is said no to between the sides beside offers and obligations.</summary>
internal static class ExchangeStatuses
{
    /// <summary>Null for what is no matter of theirs.</summary>
    public static int? Of(RefusalCode code) => code switch
    {
        RefusalCode.ExhibitIsYourOwn or RefusalCode.InquiryNotYours or RefusalCode.RecordNotYours =>
            StatusCodes.Status403Forbidden,
        RefusalCode.RecordUnknown => StatusCodes.Status404NotFound,
        RefusalCode.ClaimIsPartlySettled or RefusalCode.AmendmentsUsedUp or RefusalCode.NothingToRefund
            or RefusalCode.ExhibitAlreadyContested or RefusalCode.NothingToContestHere
            or RefusalCode.ContestNotOpen or RefusalCode.ExhibitNotLate or RefusalCode.InquiryRuns
            or RefusalCode.InquiryNotOpen or RefusalCode.InquiriesUsedUp or RefusalCode.ProposalIsOpen
            or RefusalCode.ProposalAlreadyAnswered or RefusalCode.ProposalsUsedUp or RefusalCode.BidRoundIsOpen
            or RefusalCode.BidRoundNotOpen or RefusalCode.BidRoundsUsedUp or RefusalCode.BidAlreadyPlaced
            or RefusalCode.RecordNotOpen or RefusalCode.RecordsLimitReached or RefusalCode.NothingToReconcile
            or RefusalCode.TermCannotBeExtended or RefusalCode.ExtensionAlreadyProposed
            or RefusalCode.ExtensionNotOpen or RefusalCode.ExtensionsUsedUp => StatusCodes.Status409Conflict,
        RefusalCode.ReasonNotYours or RefusalCode.NothingAmended or RefusalCode.RemedyNotForThisClaim
            or RefusalCode.InquiryHasNoOwner or RefusalCode.InquiryTooLong or RefusalCode.RecordInFuture
            or RefusalCode.ExhibitCameLate or RefusalCode.ContestUnanswered or RefusalCode.ExhibitDoesNotCount
            or RefusalCode.ExtensionNotLater or RefusalCode.ExtensionTooLong =>
                StatusCodes.Status422UnprocessableEntity,
        _ => null,
    };
}

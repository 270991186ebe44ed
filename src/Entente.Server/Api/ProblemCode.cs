using Entente.Domain.Disputes;

namespace Entente.Server.Api;

/// <summary>Every way the edge says no before the rules are asked. Each has a
/// status and a sentence in every language.</summary>
public enum ProblemCode
{
    // What was sent.
    MalformedJson, UnknownMember, DuplicateMember, MissingMember, WrongType, InvalidParameter, FormExpired,
    LineTooLong, AddressDiffers,

    // Values no import and no command can have.
    IdRefused, TextRefused, LanguageRefused, EmailRefused, CurrencyUnknown, CurrencyMismatch, OutOfRange, NamedTwice,
    PolicyRefused,

    // Who sent it.
    KeyMissing, KeyInvalid, SignatureRefused, ScopeMissing, BehalfUnknown, BehalfNeeded,

    // Where to and how.
    NotFound, MethodNotAllowed, MediaTypeUnsupported, BodyTooLarge, BundleTooLarge, FileTooBig, FileTypeRefused,
    FileEmpty, FormBroken, FileIsArchive, FileIsMarkup, FileIsOldOffice, FileMismatch, FilePixels, QuotaReached,
    FileBeingChecked, FileQuarantined, FileWithheld, DigestDiffers, UploadUnfinished, UploadOffsetDiffers,

    // Once, and up to date.
    IdempotencyKeyMissing, IdempotencyKeyReused, StaleVersion,

    // The centre itself.
    PolicyMissing, ErasureBlocked, TooManyRequests, Failure, Busy, StorageFull,
}

/// <summary>The HTTP status of every no.</summary>
public static class Statuses
{
    public static int Of(ProblemCode code) => code switch
    {
        ProblemCode.MalformedJson or ProblemCode.UnknownMember or ProblemCode.DuplicateMember
        or ProblemCode.MissingMember
            or ProblemCode.WrongType or ProblemCode.InvalidParameter or ProblemCode.FormExpired
            or ProblemCode.IdempotencyKeyMissing or ProblemCode.FormBroken
            or ProblemCode.SignatureRefused => StatusCodes.Status400BadRequest,
        ProblemCode.KeyMissing or ProblemCode.KeyInvalid => StatusCodes.Status401Unauthorized,
        ProblemCode.ScopeMissing or ProblemCode.BehalfUnknown or ProblemCode.BehalfNeeded =>
            StatusCodes.Status403Forbidden,
        ProblemCode.NotFound => StatusCodes.Status404NotFound,
        ProblemCode.PolicyMissing or ProblemCode.ErasureBlocked or ProblemCode.QuotaReached
        or ProblemCode.FileBeingChecked or ProblemCode.UploadUnfinished or ProblemCode.UploadOffsetDiffers
            or ProblemCode.FileQuarantined or ProblemCode.FileWithheld => StatusCodes.Status409Conflict,
        ProblemCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemCode.StaleVersion => StatusCodes.Status412PreconditionFailed,
        ProblemCode.BodyTooLarge or ProblemCode.BundleTooLarge or ProblemCode.FileTooBig =>
            StatusCodes.Status413PayloadTooLarge,
        ProblemCode.MediaTypeUnsupported or ProblemCode.FileTypeRefused
            or ProblemCode.FileIsArchive or ProblemCode.FileIsMarkup or ProblemCode.FileIsOldOffice
            or ProblemCode.FileMismatch => StatusCodes.Status415UnsupportedMediaType,
        ProblemCode.LineTooLong => StatusCodes.Status413PayloadTooLarge,
        ProblemCode.IdempotencyKeyReused or ProblemCode.AddressDiffers or ProblemCode.IdRefused
        or ProblemCode.TextRefused
            or ProblemCode.LanguageRefused or ProblemCode.EmailRefused or ProblemCode.CurrencyUnknown
            or ProblemCode.CurrencyMismatch or ProblemCode.OutOfRange or ProblemCode.NamedTwice
            or ProblemCode.PolicyRefused or ProblemCode.FileEmpty or ProblemCode.FilePixels
            or ProblemCode.DigestDiffers => StatusCodes.Status422UnprocessableEntity,
        ProblemCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ProblemCode.Failure => StatusCodes.Status500InternalServerError,
        ProblemCode.Busy => StatusCodes.Status503ServiceUnavailable,
        ProblemCode.StorageFull => StatusCodes.Status507InsufficientStorage,
    };

    /// <summary>403: never for this role. 404: it does not exist here. 409: not as
    /// things stand. 422: not with these values.</summary>
    public static int Of(RefusalCode code) => code switch
    {
        RefusalCode.RoleMayNot or RefusalCode.NotAssignedToYou or RefusalCode.ExaminerIsAParty
        or RefusalCode.AudienceNotYours
            or RefusalCode.ExhibitNotYours or RefusalCode.OfferIsYourOwn or RefusalCode.OfferNotYours
            or RefusalCode.ObligationNotYours or RefusalCode.TermNotYours or RefusalCode.PartyIsRestricted
            or RefusalCode.ClosingReasonNotYours or RefusalCode.ChargebackNotYours => StatusCodes.Status403Forbidden,
        RefusalCode.ExhibitUnknown or RefusalCode.OfferUnknown or RefusalCode.ObligationUnknown
            or RefusalCode.TermUnknown or RefusalCode.ChargebackUnknown => StatusCodes.Status404NotFound,
        RefusalCode.StageDoesNotAllow or RefusalCode.OrderHasNoLines
            or RefusalCode.OrderHasNoPayment or RefusalCode.WindowNotOpenYet or RefusalCode.WindowHasClosed
            or RefusalCode.UnitsAlreadyInDispute or RefusalCode.EvidenceLimitReached
            or RefusalCode.ExhibitAlreadyWithdrawn
            or RefusalCode.ExhibitIsQuarantined or RefusalCode.ExhibitIsFixed
            or RefusalCode.OfferNotOpen or RefusalCode.OfferExceedsRefundable or RefusalCode.ComplaintTooEarly
            or RefusalCode.EvidenceTimeRuns or RefusalCode.ObligationNotOpen or RefusalCode.NothingToConfirm
            or RefusalCode.NothingToContest or RefusalCode.NothingToRule or RefusalCode.TermCannotBeWaived
            or RefusalCode.ChargebackBarsClaim or RefusalCode.BankPauseRuns or RefusalCode.NothingToTellTheBank
            or RefusalCode.RefundIsOnItsWay
            or RefusalCode.TermNotDue
            or RefusalCode.PromiseNotKeptYet => StatusCodes.Status409Conflict,
        RefusalCode.SellerNotOnOrder or RefusalCode.BuyerIsSeller or RefusalCode.ClaimHasNoItems
            or RefusalCode.LineNotOfThisSeller or RefusalCode.UnitsOutOfRange or RefusalCode.LineNamedTwice
            or RefusalCode.RemedyHasNoLines or RefusalCode.RemedyItemsNotClaimed or RefusalCode.RemedyItemsTwice
            or RefusalCode.AmountMissing or RefusalCode.AmountNotWanted or RefusalCode.AmountNotPositive
            or RefusalCode.AmountAboveRefundable or RefusalCode.CostsNotReimbursed or RefusalCode.CostsAboveLimit
            or RefusalCode.AmountNotFull or RefusalCode.FreightPayerMissing
            or RefusalCode.TextIsEmpty or RefusalCode.TextIsTooLong or RefusalCode.TextHasForbiddenCharacters
            or RefusalCode.LanguageMissing or RefusalCode.SealingNeedsReason or RefusalCode.RequestHasNoAddressee
            or RefusalCode.DueNotInFuture or RefusalCode.DueAfterDecision or RefusalCode.FindingsMissing
            or RefusalCode.ClauseMissing or RefusalCode.ClauseUnknown or RefusalCode.ExhibitNotOpen
            or RefusalCode.ExhibitNotMarked
            or RefusalCode.ExhibitMarkedTwice or RefusalCode.FindingRestsOnNothing or RefusalCode.ReasonsMissing
            or RefusalCode.SentInFuture or RefusalCode.RulingAmountWrong or RefusalCode.ClosingReasonDoesNotFit
            or RefusalCode.NotConfirmed
            or RefusalCode.ReceiptNotAnswered or RefusalCode.LessThanAgreed
            or RefusalCode.ReasonForClosingMissing => StatusCodes.Status422UnprocessableEntity,
        _ => ExchangeStatuses.Of(code) ?? LaterStatuses.Of(code),
    };
}

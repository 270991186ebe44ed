using Entente.Server.Evidence;
using Entente.Server.Storage;

namespace Entente.Server.Api;

/// <summary>What the API calls a no to a file: to one that comes in, and to one that somebody wants to have.</summary>
internal static class FileProblems
{
    public static ProblemCode Of(FileRefusal refusal) => refusal switch
    {
        FileRefusal.FileIsEmpty => ProblemCode.FileEmpty,
        FileRefusal.FileIsTooLarge => ProblemCode.FileTooBig,
        FileRefusal.FileTypeNotAllowed => ProblemCode.FileTypeRefused,
        FileRefusal.FileIsAnArchive => ProblemCode.FileIsArchive,
        FileRefusal.FileIsMarkup => ProblemCode.FileIsMarkup,
        FileRefusal.FileIsOldOffice => ProblemCode.FileIsOldOffice,
        FileRefusal.FileIsNotWhatItSays => ProblemCode.FileMismatch,
        FileRefusal.FilePixelsImpossible => ProblemCode.FilePixels,
        FileRefusal.QuotaReached => ProblemCode.QuotaReached,
        FileRefusal.DigestDiffers => ProblemCode.DigestDiffers,
        FileRefusal.UploadUnfinished => ProblemCode.UploadUnfinished,
    };

    /// <summary>Why a file is not handed out now; null where it is.</summary>
    public static ProblemCode? Of(Handing handing) => handing switch
    {
        Handing.Open => null,
        Handing.PicturesOnly or Handing.BeingChecked => ProblemCode.FileBeingChecked,
        Handing.Quarantined => ProblemCode.FileQuarantined,
        Handing.Withheld => ProblemCode.FileWithheld,
    };
}

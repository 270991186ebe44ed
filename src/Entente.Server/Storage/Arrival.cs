using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>Why a file is not taken.</summary>
public enum FileRefusal
{
    FileIsEmpty, FileIsTooLarge, FileTypeNotAllowed, FileIsAnArchive, FileIsMarkup, FileIsOldOffice,
    FileIsNotWhatItSays, FilePixelsImpossible, QuotaReached, DigestDiffers, UploadUnfinished,
}

/// <summary>A file as it streams in, with what its sender says about it, which counts for nothing.</summary>
/// <param name="Name">As sent.</param>
/// <param name="Declared">The media type it was sent with.</param>
/// <param name="From">Whose it is; limits are counted by it.</param>
public sealed record Arrival(
    DisputeId Dispute, Stream Content, string Name = "", string? Declared = null, Role? From = null,
    MarketplaceId? Marketplace = null)
{
    /// <summary>What its sender says its SHA-256 is, in hexadecimal; null where they do not say.</summary>
    public string? Digest { get; init; }

    /// <summary>The upload it came in by in pieces; null where it came in one.</summary>
    public string? Upload { get; init; }
}

/// <summary>What the locker says to a file: kept under a random address, or not and why.</summary>
/// <param name="MediaType">As found in the file itself.</param>
public sealed record Keeping(FileRefusal? Refusal, ExhibitId Exhibit, string Digest, string MediaType, long Bytes)
{
    /// <summary>A no before a byte of it was read.</summary>
    public static Keeping Of(FileRefusal refusal) => new(refusal, default, "", MediaTypes.Unknown, 0);
}

/// <summary>A file that is kept.</summary>
public sealed record EvidenceFile(DisputeId Dispute, ExhibitId Exhibit, string Digest, string MediaType, long Bytes)
{
    /// <summary>Where its dispute's files lie.</summary>
    public string Folder => $"{Dispute.Order.Value[..2]}/{Dispute}";

    public string BlobKey => $"{Folder}/{Digest}";

    /// <summary>Where what was made of it to look at lies.</summary>
    public string LookFolder => $"{BlobKey}.look/";
}

/// <summary>A kept file is not what it was; nobody is shown it as if it were.</summary>
public sealed class DamagedFileException(EvidenceFile file)
    : Exception($"The file of exhibit {file.Exhibit} in dispute {file.Dispute} is missing or damaged.");

/// <summary>
/// How much the centre takes, in bytes; a file's own limit and the number of files stand in the rules.
/// </summary>
public sealed record EvidenceQuotas
{
    public long PartyBytesMax { get; init; } = 2L << 30;
    public long DisputeBytesMax { get; init; } = 5L << 30;

    /// <summary>Over all disputes of a marketplace; none unless an operator says so.</summary>
    public long MarketplaceBytesMax { get; init; } = long.MaxValue;
}

/// <summary>What can still be added, before anything is sent.</summary>
public sealed record EvidenceRoomLeft(long ForParty, long ForDispute, long ForMarketplace)
{
    public long Bytes => Math.Max(0, Math.Min(ForParty, Math.Min(ForDispute, ForMarketplace)));
}

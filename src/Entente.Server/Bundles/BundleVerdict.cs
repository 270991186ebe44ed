namespace Entente.Server.Bundles;

/// <summary>What is wrong with a bundle; the first thing found.</summary>
public enum BundleFault
{
    /// <summary>It does not begin as a bundle does.</summary>
    NotABundle,
    /// <summary>More of it has to be held at once than is allowed here.</summary>
    TooLarge,
    /// <summary>The archive is not byte for byte the one its files make.</summary>
    ArchiveDiffers,
    ManifestUnreadable,
    SignatureWrong,
    FileDiffers,
    ChainBroken,
    TextDiffers,
    ExhibitDiffers,
    DecisionDiffers,
}

/// <summary>What verifying a bundle came to.</summary>
/// <param name="Fault">Null where everything in it is as it was signed.</param>
/// <param name="Where">The file or fact that the fault was found at.</param>
/// <param name="Manifest">What it says of itself; null where not even that could be believed.</param>
/// <param name="Erased">Texts that its facts commit to and that are no longer there.</param>
public sealed record BundleVerdict(BundleFault? Fault, string Where, Manifest? Manifest, int Texts = 0, int Erased = 0)
{
    public bool IsWhole => Fault is null;
}

/// <summary>Ends the verifying at the first thing that is wrong.</summary>
internal sealed class BundleFaultException(BundleFault fault, string where) : Exception($"{fault} {where}")
{
    public BundleFault Fault => fault;
    public string Where => where;
}

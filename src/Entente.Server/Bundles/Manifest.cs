using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Server.Bundles;

/// <summary>What a bundle says of itself; its exact bytes are signed (docs/bundle-format.md).</summary>
public sealed record Manifest(
    string Format, string Dispute, string Reference, string Marketplace, string Reader, string Language, long MadeAt,
    IReadOnlyList<ManifestChain> Chains, IReadOnlyList<ManifestExhibit> Exhibits, IReadOnlyList<ManifestFile> Files,
    ManifestKey Key)
{
    public const string FormatName = "entente-bundle-1";
    public const string FileName = "manifest.json";
    public const string SignatureName = "manifest.sig";

    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

/// <summary>One audience's facts, in chains/AUDIENCE.facts and chains/AUDIENCE.links.</summary>
/// <param name="Head">The last link; empty where there are no facts.</param>
public sealed record ManifestChain(string Audience, int Facts, string Head);

/// <summary>An exhibit: the fact that added it, and its file.</summary>
/// <param name="Path">Null where this reader has no file of it now.</param>
/// <param name="IsOriginal">Whether the file is the one its fact commits to, not a copy made of it.</param>
public sealed record ManifestExhibit(string Audience, int Fact, string? Path = null, bool IsOriginal = false);

/// <summary>One file of the bundle, in the order they stand in it.</summary>
public sealed record ManifestFile(string Path, long Bytes, string Sha256);

/// <summary>The key it is signed with (RFC 7517).</summary>
public sealed record ManifestKey(string Kty, string Crv, string X, string Y, string Kid);

/// <summary>A personal text with the salt that opens its commitment.</summary>
public sealed record BundleText(string Commitment, string Salt, string Text);

/// <summary>
/// A decision that can be handed on alone: its fact's exact bytes, its place, and the texts behind it.
/// </summary>
/// <param name="Previous">The link before it; empty at the first fact.</param>
public sealed record BundleDecision(
    string Format, string Dispute, string Audience, int N, string Previous, string Link, string Fact,
    IReadOnlyList<BundleText> Texts)
{
    public const string FormatName = "entente-decision-1";
}

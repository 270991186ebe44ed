using System.Text;
using System.Text.Json;
using Entente.Domain;

namespace Entente.Server.Bundles;

/// <summary>
/// Verifies a bundle while it streams by, and keeps nothing of it (docs/bundle-format.md, which verify/verify.py was
/// written from without a look at this).
/// </summary>
public static class BundleVerifier
{
    private const long ManifestBytesMax = 32 << 20;
    private const int SignatureLength = 128;

    /// <param name="heldMax">How many bytes of manifest, facts and texts may be held at once.</param>
    public static async Task<BundleVerdict> Verify(
        Stream bundle, long heldMax = 1L << 30, CancellationToken stop = default)
    {
        Manifest? manifest = null;
        try
        {
            var reader = new BundleReader(bundle, heldMax);
            var bytes = await reader.Whole(Manifest.FileName, ManifestBytesMax, stop);
            var signature = await reader.Whole(Manifest.SignatureName, SignatureLength, stop);
            manifest = Believed(bytes, signature);
            var held = new Dictionary<string, byte[]>();
            foreach (var file in manifest.Files)
                if (await reader.File(file, IsHeld(file.Path), stop) is { } content) held.Add(file.Path, content);
            await reader.End(stop);
            var (texts, erased) = new BundleContent(manifest, held).Check();
            return new(null, "", manifest, texts, erased);
        }
        catch (BundleFaultException wrong)
        {
            return new(wrong.Fault, wrong.Where, manifest);
        }
    }

    /// <summary>Whether a signature file holds a signature of the key over these bytes.</summary>
    internal static bool IsSigned(ManifestKey key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength) return false;
        foreach (var letter in signature) if (!char.IsAsciiHexDigitLower((char)letter)) return false;
        return new SigningKey(key.Kid, key.X, key.Y, default, null)
            .Verifies(bytes, Convert.FromHexString(Encoding.ASCII.GetString(signature)));
    }

    private static bool IsHeld(string path) =>
        path == "texts.json" || path.StartsWith("chains/", StringComparison.Ordinal)
        || path.StartsWith("decisions/", StringComparison.Ordinal);

    private static Manifest Believed(byte[] bytes, byte[] signature)
    {
        var manifest = Read(bytes);
        if (manifest.Format != Manifest.FormatName || manifest.Key is not { Kty: "EC", Crv: "P-256" }
            || manifest.Key.Kid != SigningKey.KidOf(manifest.Key.X, manifest.Key.Y)
            || !DisputeId.TryParse(manifest.Dispute, out _)
            || manifest.Files.DistinctBy(file => file.Path).Count() != manifest.Files.Count
            || !manifest.Files.All(file => IsPath(file.Path)))
            throw new BundleFaultException(BundleFault.ManifestUnreadable, Manifest.FileName);
        return IsSigned(manifest.Key, bytes, signature)
            ? manifest
            : throw new BundleFaultException(BundleFault.SignatureWrong, Manifest.SignatureName);
    }

    private static Manifest Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<Manifest>(bytes, Manifest.Json) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new BundleFaultException(BundleFault.ManifestUnreadable, Manifest.FileName);
        }
    }

    /// <summary>No path leads out of the folder a bundle is unpacked into.</summary>
    private static bool IsPath(string path) =>
        path is not (Manifest.FileName or Manifest.SignatureName)
        && path.Split('/') is { Length: <= 2 } parts
        && parts.All(part => part.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(part[0])
            && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'));
}

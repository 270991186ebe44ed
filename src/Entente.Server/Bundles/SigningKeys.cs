using System.Security.Cryptography;
using Dapper;
using Entente.Server.Storage;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Server.Bundles;

/// <summary>A key the centre signs with, as everybody may know it: a point of the curve P-256.</summary>
/// <param name="Kid">Its thumbprint (RFC 7638).</param>
/// <param name="RetiredAt">From when nothing was signed with it any more; null for the one in use.</param>
public sealed record SigningKey(string Kid, string X, string Y, Instant MadeAt, Instant? RetiredAt)
{
    /// <summary>Whether a signature (r and s, 32 bytes each) is this key's over these bytes.</summary>
    public bool Verifies(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new() { X = WebEncoders.Base64UrlDecode(X), Y = WebEncoders.Base64UrlDecode(Y) },
            });
            return key.VerifyData(
                bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return false; // No point of the curve, so no key of anybody's.
        }
    }

    /// <summary>The thumbprint of a point (RFC 7638): SHA-256 of the key's members in their fixed order.</summary>
    public static string KidOf(string x, string y) => WebEncoders.Base64UrlEncode(SHA256.HashData(
        System.Text.Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
}

/// <summary>
/// The keys the centre signs bundles and decisions with: ECDSA on P-256, private halves encrypted under the centre's
/// own key. One is in use; those before it stay published, because what they signed stays true.
/// </summary>
public sealed class SigningKeys(Database database, PersonKeys keys)
{
    private const string Columns = "SELECT kid, x, y, made_at, retired_at FROM signing_key";

    /// <summary>All there ever were, the newest first; the first is made at the first need.</summary>
    public async Task<IReadOnlyList<SigningKey>> All(CancellationToken stop = default)
    {
        await InUse(stop);
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>($"{Columns} ORDER BY made_at DESC, kid");
        return rows.Select(row => row.Key).ToList();
    }

    /// <summary>Somebody who signs with the key in use.</summary>
    public async Task<Signer> InUse(CancellationToken stop = default) =>
        await Find(stop) ?? await Make(stop);

    /// <summary>Retires the key in use; what follows is signed with a new one.</summary>
    public async Task<SigningKey> Rotate(CancellationToken stop = default)
    {
        var current = await InUse(stop);
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "UPDATE signing_key SET retired_at = @now WHERE kid = @Kid",
            new { now = database.Now(), current.Key.Kid }, transaction), stop);
        return (await Make(stop)).Key;
    }

    private async Task<Signer?> Find(CancellationToken stop)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            "SELECT kid, x, y, sealed, made_at, retired_at FROM signing_key WHERE retired_at IS NULL");
        return row is null ? null : new(row.Key, keys.OpenUnderCentre(row.Sealed, row.Kid));
    }

    /// <summary>Where two begin at the same moment, the first one's key is the centre's.</summary>
    private async Task<Signer> Make(CancellationToken stop)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = made.ExportParameters(false).Q;
        var (x, y) = (WebEncoders.Base64UrlEncode(point.X!), WebEncoders.Base64UrlEncode(point.Y!));
        var kid = SigningKey.KidOf(x, y);
        await database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO signing_key (kid, x, y, sealed, made_at) VALUES (@kid, @x, @y, @secret, @now)
            ON CONFLICT DO NOTHING
            """,
            new { kid, x, y, secret = keys.SealUnderCentre(made.ExportPkcs8PrivateKey(), kid), now = database.Now() },
            transaction), stop);
        return await Find(stop) ?? throw new InvalidOperationException("The signing key was not kept.");
    }

    private sealed class Row
    {
        public string Kid { get; init; } = "";
        public string X { get; init; } = "";
        public string Y { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
        public Instant MadeAt { get; init; }
        public Instant? RetiredAt { get; init; }
        public SigningKey Key => new(Kid, X, Y, MadeAt, RetiredAt);
    }
}

/// <summary>The key in use, with the half that nobody else has.</summary>
public sealed class Signer(SigningKey key, byte[] secret)
{
    public SigningKey Key => key;

    /// <summary>128 lower-case hexadecimal digits: r and s.</summary>
    public string Sign(ReadOnlySpan<byte> bytes)
    {
        using var signing = ECDsa.Create();
        signing.ImportPkcs8PrivateKey(secret, out _);
        return Convert.ToHexStringLower(signing.SignData(
            bytes, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }
}

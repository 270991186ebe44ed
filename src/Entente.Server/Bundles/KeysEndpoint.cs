using Entente.Server.Storage;

namespace Entente.Server.Bundles;

/// <summary>/.well-known/entente-keys.json: which keys are the centre's, for everybody to compare.</summary>
public static class KeysEndpoint
{
    public const string Path = "/.well-known/entente-keys.json";

    public static void MapKeys(this IEndpointRouteBuilder app) =>
        app.MapGet(Path, Get).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Get(SigningKeys keys, CancellationToken stop) => TypedResults.Json(
        new PublishedKeys([.. (await keys.All(stop)).Select(key => new PublishedKey(
            "EC", "P-256", key.X, key.Y, key.Kid, "sig", "ES256", Micros.Of(key.MadeAt),
            key.RetiredAt is { } at ? Micros.Of(at) : null))]),
        Manifest.Json);
}

/// <summary>A JWK set (RFC 7517).</summary>
public sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);

/// <summary>One key of it.</summary>
/// <param name="RetiredAt">In microseconds; absent for the key in use.</param>
public sealed record PublishedKey(
    string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg, long MadeAt, long? RetiredAt);

using Entente.Server.Web;
using Entente.Server.Web.Party;
using Entente.Server.Web.Safety;
using Entente.Server.Web.Verify;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Bundles;

/// <summary>/verify: anybody drops a bundle and reads whether it is whole. Nothing of it is kept.</summary>
public static class VerifyEndpoints
{
    public const string Path = "/verify";

    /// <summary>The most that is read of one bundle here; larger ones are verified where they lie.</summary>
    public const long BytesMax = 1L << 30;
    private const long HeldBytesMax = 64 << 20;

    public static void MapVerifying(this WebApplication app)
    {
        var anybody = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        anybody.MapGet(Path, IResult () => Page.Show<VerifyPage>());
        anybody.MapPost(Path, Verify)
            .ReadsFormItself()
            .RequireRateLimiting(Limits.Exports)
            .WithMetadata(new DisableRequestSizeLimitAttribute());
    }

    private static async Task<IResult> Verify(HttpContext context, SigningKeys keys)
    {
        var reading = UploadForm.Of(context);
        if (reading is null || !await reading.HasToken()) return TypedResults.BadRequest();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = BytesMax;
        var stop = context.RequestAborted;
        if (await reading.NextFile(stop) is not { } upload) return Page.Refused<VerifyPage>(("NoFile", true));
        var verdict = await BundleVerifier.Verify(upload.Content, HeldBytesMax, stop);
        var ours = (await keys.All(stop)).Select(key => key.Kid);
        return Page.Show<VerifyPage>(
            ("Verdict", verdict), ("IsOurs", verdict.Manifest is { } manifest && ours.Contains(manifest.Key.Kid)));
    }
}

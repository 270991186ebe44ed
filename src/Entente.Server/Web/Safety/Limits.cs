using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Web.Safety;

/// <summary>How often one person, key or address may do what costs others;
/// named in <c>RequireRateLimiting</c>.</summary>
public static class Limits
{
    public const string SignIn = "sign_in";
    public const string Opening = "opening";
    public const string Messages = "messages";
    public const string Uploads = "uploads";
    public const string Exports = "exports";
    public const string Documents = "documents";

    internal static void AddLimits(this IServiceCollection services, LimitSettings limits) =>
        services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var span)
                ? span
                : TimeSpan.FromSeconds(1);
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
            rejected.HttpContext.Response.Headers[HeaderNames.RetryAfter] =
                seconds.ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        options.AddPolicy(SignIn, context => AMinute($"{SignIn} {context.RemoteAddress()}", limits.SignInsPerMinute));
        options.AddPolicy(Opening, context => Whose(context, Opening, limits.OpeningsPerMinute, limits));
        options.AddPolicy(Messages, context => Whose(context, Messages, limits.MessagesPerMinute, limits));
        options.AddPolicy(Uploads, context => Whose(context, Uploads, limits.UploadsPerMinute, limits));
        options.AddPolicy(Exports, context => Whose(context, Exports, limits.ExportsPerMinute, limits));
        options.AddPolicy(Documents, context => Whose(context, Documents, limits.DocumentsPerMinute, limits));
    });

    private static RateLimitPartition<string> Whose(
        HttpContext context, string what, int perMinute, LimitSettings limits) =>
        context.CallerIfAny() switch
        {
            { Key: { } key } => ASecond($"{what} key {key}", limits.KeyRequestsPerSecond),
            { } caller => AMinute($"{what} {caller.Principal}", perMinute),
            null => AMinute($"{what} {context.RemoteAddress()}", perMinute),
        };

    private static RateLimitPartition<string> AMinute(string whose, int most) =>
        RateLimitPartition.GetSlidingWindowLimiter(whose, _ => new()
        {
            PermitLimit = most, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6,
        });

    private static RateLimitPartition<string> ASecond(string whose, int most) =>
        RateLimitPartition.GetTokenBucketLimiter(whose, _ => new()
        {
            TokenLimit = most, TokensPerPeriod = most, ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        });
}

using Entente.Server.Desk;

namespace Entente.Server.Web.Safety;

/// <summary>
/// Notes from which network address somebody changed something, or reached for what is not theirs. The disputes' own
/// chains hold no addresses.
/// </summary>
public sealed class Footprints(RequestDelegate next, AuditJournal journal)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (context.CallerIfAny() is not { } caller || context.GetEndpoint() is not RouteEndpoint endpoint) return;
        var status = context.Response.StatusCode;
        var isRefused = status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound;
        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (!isRefused && !(changes && status < StatusCodes.Status400BadRequest)) return;
        var what = $"{(isRefused ? "refused " : "")}{context.Request.Method} {endpoint.RoutePattern.RawText}";
        await journal.Note(caller.Marketplace, context.RemoteAddress(), caller.Principal, what, SubjectOf(context));
    }

    private static string SubjectOf(HttpContext context) =>
        string.Join(' ', context.Request.RouteValues.Values.OfType<string>().Select(OneLine));

    /// <summary>An address may hold anything; a line of the trail stays one, and short.</summary>
    private static string OneLine(string value) =>
        new([.. value.Take(100).Select(letter => char.IsControl(letter) ? ' ' : letter)]);
}

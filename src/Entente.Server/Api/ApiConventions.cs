using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web;

namespace Entente.Server.Api;

/// <summary>What calls have in common, said once where they are mapped.</summary>
internal static class ApiConventions
{
    /// <summary>A call that reads and changes nothing.</summary>
    public static RouteHandlerBuilder IsReading<T>(
        this RouteHandlerBuilder call, string summary, string? description = null) =>
        call.Needs(Scope.DisputesRead).Says(summary, description).Produces<T>().Refuses();

    /// <summary>A command on a dispute: answered by what happened, once for each Idempotency-Key.</summary>
    /// <param name="creates">Whether it adds something and so needs a key; what
    /// is put or deleted may be asked twice.</param>
    public static RouteHandlerBuilder IsCommand(
        this RouteHandlerBuilder call, string summary, string? description = null, bool creates = true,
        Scope scope = Scope.DisputesWrite) => call
        .Needs(scope)
        .Says(summary, description)
        .WithMetadata(new Command(creates))
        .Produces<CommandAnswer>(creates ? StatusCodes.Status201Created : StatusCodes.Status200OK)
        .Refuses();

    public static RouteHandlerBuilder Says(this RouteHandlerBuilder call, string summary, string? description)
    {
        call.WithSummary(summary);
        return description is null ? call : call.WithDescription(description);
    }

    /// <summary>Every no is a problem of RFC 9457.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder call) =>
        call.Produces<Problem>(StatusCodes.Status400BadRequest, Problems.MediaType);

    /// <summary>What a marketplace does itself: by its key alone, or on behalf of an operator of its desk.</summary>
    public static RouteHandlerBuilder ForTheMarketplace(this RouteHandlerBuilder call) => call
        .AddEndpointFilter(async (asked, next) => asked.HttpContext.Caller().IsOperator
            ? await next(asked)
            : Problems.Of(asked.HttpContext, new Refusal(RefusalCode.RoleMayNot)));

    /// <summary>Marks a command: what the document says of headers, and what
    /// the call demands, follow from it.</summary>
    public sealed record Command(bool Creates);
}

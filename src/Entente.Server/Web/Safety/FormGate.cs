using Entente.Server.Api;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Options;

namespace Entente.Server.Web.Safety;

/// <summary>
/// Every request that may change something and comes by cookie carries a token that only our own pages know. The gate
/// stands before all endpoints, so that none can be mapped beside it; what
/// comes by key carries no cookie and is let by.
/// </summary>
public sealed class FormGate(RequestDelegate next, IAntiforgery antiforgery)
{
    public const string FieldName = "form_token";

    public async Task InvokeAsync(HttpContext context)
    {
        var changes = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        if (changes && context.GetEndpoint() is { } endpoint && !context.IsApi() && !ReadsOwnForm(endpoint)
            && !await antiforgery.IsRequestValidAsync(context))
        {
            await Edge.Explain(context, ProblemCode.FormExpired);
            return;
        }
        await next(context);
    }

    internal static bool ReadsOwnForm(Endpoint endpoint) => endpoint.Metadata.GetMetadata<OwnForm>() is not null;

    private sealed record OwnForm;

    /// <summary>
    /// For an endpoint that streams its form: it must hand the token of the
    /// first part to <see cref="IsOurs"/> before it
    /// reads on. The route test sends it a form without one.
    /// </summary>
    internal static TBuilder Exempt<TBuilder>(TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new OwnForm());

    /// <summary>Whether a token that was read from a streamed form is this reader's own.</summary>
    internal static Task<bool> IsOurs(HttpContext context, string token)
    {
        context.Request.Headers[HeaderName(context)] = token;
        return context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
    }

    private static string HeaderName(HttpContext context) => context.RequestServices
        .GetRequiredService<IOptions<AntiforgeryOptions>>().Value.HeaderName!;
}

/// <summary>Endpoints with a form of their own way of reading.</summary>
public static class FormGateEndpoints
{
    /// <inheritdoc cref="FormGate.Exempt{TBuilder}"/>
    public static TBuilder ReadsFormItself<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        FormGate.Exempt(endpoint);

    /// <inheritdoc cref="FormGate.IsOurs"/>
    public static Task<bool> HasFormToken(this HttpContext context, string token) => FormGate.IsOurs(context, token);
}

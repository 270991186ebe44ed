using System.Security.Claims;
using System.Text.Encodings.Web;
using Entente.Server.Desk;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Entente.Server.Api;

/// <summary>Knows a program by its key, and for whom it acts by a header.</summary>
public sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys,
    Callers callers)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "entente-key";
    public const string BehalfHeader = "Entente-On-Behalf-Of";
    private const string Bearer = "Bearer ";
    private ProblemCode _problem = ProblemCode.KeyMissing;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        if (await keys.Find(header[Bearer.Length..].Trim(), Context.RequestAborted) is not { } key)
            return Fail(ProblemCode.KeyInvalid);
        var caller = Request.Headers.TryGetValue(BehalfHeader, out var whom)
            ? await callers.ByKey(key, whom.ToString(), Context.RequestAborted)
            : await callers.ByKey(key, Context.RequestAborted);
        if (caller is null) return Fail(ProblemCode.BehalfUnknown);
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, caller.Principal)], Scheme);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_problem != ProblemCode.BehalfUnknown) Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        return Problems.Write(Context, _problem, _problem == ProblemCode.BehalfUnknown ? BehalfHeader : null);
    }

    private AuthenticateResult Fail(ProblemCode problem)
    {
        _problem = problem;
        return AuthenticateResult.Fail("No caller.");
    }
}

using System.Security.Claims;
using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Web.Safety;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Entente.Server.Web.SignIn;

/// <summary>How people and keys are known: a cookie at pages, a key at the
/// API, and neither in the other's place.</summary>
public static class SignInRoom
{
    public const string PagePath = "/sign-in";
    public const string ReturnField = "return_to";
    private const string EitherScheme = "entente";
    private const string StampClaim = "stamp";
    private const int FailuresMax = 10;

    public static IServiceCollection AddSignIn(this IServiceCollection services, Settings settings)
    {
        services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, null, options => options.ForwardDefaultSelector =
                context => context.IsApi() ? KeyAuthentication.Scheme : IdentityConstants.ApplicationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.Scheme, null)
            .AddCookie(IdentityConstants.ApplicationScheme, options => Configure(options, settings));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddIdentityCore<Account>(options =>
            {
                options.User.AllowedUserNameCharacters = "";
                options.Lockout.MaxFailedAccessAttempts = FailuresMax;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
                options.Password = new()
                {
                    RequiredLength = 12, RequireDigit = false, RequireLowercase = false, RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
            })
            .AddUserStore<AccountStore>()
            .AddClaimsPrincipalFactory<PersonAndStamp>()
            .AddSignInManager();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = settings.Limits.PasswordRounds);
        services.AddSingleton<ILookupNormalizer, AsTyped>();
        services.AddSingleton<PasswordSlots>();
        services.AddScoped<Entrance>();
        services.AddScoped<Doorway>();
        services.AddScoped<Passwords>();
        return services;
    }

    private static void Configure(CookieAuthenticationOptions options, Settings settings)
    {
        options.Cookie = SafeCookie.Named("entente", settings);
        options.LoginPath = PagePath;
        options.ReturnUrlParameter = ReturnField;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.Events.OnValidatePrincipal = Recognize;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound; // What is not yours does not exist.
            return Task.CompletedTask;
        };
    }

    /// <summary>At each request: still the same stamp, still enabled, and what the memberships say today.</summary>
    private static async Task Recognize(CookieValidatePrincipalContext context)
    {
        if (await Known(context.HttpContext, context.Principal) is not { } caller)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }
        context.HttpContext.Features.Set(caller);
        var visit = context.HttpContext.RequestServices.GetRequiredService<Visit>();
        visit.Marketplace = caller.MarketplaceName;
        visit.Visitor = new(caller.Name, caller.Language, caller.Zone,
            caller.Memberships.Select(membership => membership.Role).Distinct().ToValueList());
    }

    /// <summary>Who opened this request, as things stand now; null for
    /// somebody who could not open it any more.</summary>
    internal static Task<Caller?> StillSignedIn(this HttpContext context) => Known(context, context.User);

    private static async Task<Caller?> Known(HttpContext context, ClaimsPrincipal? claims)
    {
        var (person, stamp) = (claims?.FindFirstValue(ClaimTypes.NameIdentifier), claims?.FindFirstValue(StampClaim));
        return person is null || stamp is null
            ? null
            : await context.RequestServices.GetRequiredService<Callers>()
                .BySignIn(new(person), stamp, context.RequestAborted);
    }

    /// <summary>The cookie says who and under which stamp, and nothing that could grow old.</summary>
    private sealed class PersonAndStamp : IUserClaimsPrincipalFactory<Account>
    {
        public Task<ClaimsPrincipal> CreateAsync(Account user) =>
            Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, user.Person.Value), new(StampClaim, user.SecurityStamp)],
            IdentityConstants.ApplicationScheme)));
    }

    /// <summary>Logins are brought into one form where they are typed.</summary>
    private sealed class AsTyped : ILookupNormalizer
    {
        public string? NormalizeEmail(string? email) => email;
        public string? NormalizeName(string? name) => name;
    }
}

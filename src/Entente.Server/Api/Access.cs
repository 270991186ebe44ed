using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Web;

namespace Entente.Server.Api;

/// <summary>What a call needs beyond a valid key, declared where it is mapped.</summary>
public static class Access
{
    /// <summary>The key must have this scope. Every call of the API says one; the route test looks.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Scope scope)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(new NeededScope(scope));
        return endpoint.AddEndpointFilter(async (call, next) =>
            call.HttpContext.Caller().May(scope)
                ? await next(call)
                : Problems.Of(call.HttpContext, ProblemCode.ScopeMissing, scope.Spell()));
    }

    /// <summary>Only for people of these roles; to others the page does not exist.</summary>
    public static TBuilder OnlyFor<TBuilder>(this TBuilder endpoint, params Role[] roles)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(new NeededRoles(roles));
        return endpoint.AddEndpointFilter(async (call, next) =>
            call.HttpContext.Caller() is var caller && roles.Any(role => IsOf(caller, role))
                ? await next(call)
                : TypedResults.NotFound());
    }

    private static bool IsOf(Caller caller, Role role) =>
        caller.Memberships.Any(membership => membership.Role == role) || role == Role.Operator && caller.IsOperator;
}

/// <summary>The scope a call needs, as metadata.</summary>
public sealed record NeededScope(Scope Scope);

/// <summary>The roles a page is for, as metadata.</summary>
public sealed record NeededRoles(IReadOnlyList<Role> Roles);

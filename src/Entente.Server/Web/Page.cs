using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Entente.Server.Web;

/// <summary>How an endpoint answers with a page: shown, refused with what
/// was typed, or done and on to the next.</summary>
public static class Page
{
    public static RazorComponentResult<T> Show<T>(params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : IComponent => With<T>(StatusCodes.Status200OK, parameters);

    /// <summary>422 with what was typed; the form comes back with a fresh command key.</summary>
    public static RazorComponentResult<T> Refused<T>(params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : IComponent => With<T>(StatusCodes.Status422UnprocessableEntity, parameters);

    public static RazorComponentResult<T> With<T>(
        int status, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : IComponent
    {
        var given = new Dictionary<string, object?>(parameters.Length);
        foreach (var (name, value) in parameters) given[name] = value;
        return new RazorComponentResult<T>(given) { StatusCode = status, PreventStreamingRendering = true };
    }

    /// <summary>303 to where the story goes on; the page there says <c>done.{code}</c> at its top.</summary>
    /// <param name="address">A path of this centre.</param>
    public static IResult Done(string address, string? code = null)
    {
        if (!IsOurs(address)) throw new ArgumentException("A page leads to a path of this centre.", nameof(address));
        var (path, anchor) = address.IndexOf('#') is var at and >= 0 ? (address[..at], address[at..]) : (address, "");
        var query = code is null ? "" : $"{(path.Contains('?') ? '&' : '?')}done={code}";
        return new SeeOther(path + query + anchor);
    }

    /// <summary>Whether an address is a path of this centre, which a browser cannot read as another host.</summary>
    public static bool IsOurs(string? address) =>
        address is ['/', ..] && address is not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);

    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}

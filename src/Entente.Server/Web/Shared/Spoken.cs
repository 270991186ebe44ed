using Entente.Server.Words;
using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Shared;

/// <summary>A piece of a page that says something in its reader's language.</summary>
public abstract class Spoken : ComponentBase
{
    [Inject] protected Visit Visit { get; set; } = null!;

    protected Speaker Speaker => Visit.Speaker;

    protected string Say(string key, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Speaker.Say(key, values);

    protected string Of(object value, string? style = null) => Speaker.Of(value, style);
}

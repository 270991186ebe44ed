using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Shared;

/// <summary>Something to fill in: knows its name, what was typed into it and what is wrong with it.</summary>
public abstract class FormPart : Spoken
{
    [CascadingParameter] public FormState State { get; set; } = FormState.Empty;

    /// <summary>The field's name as it is posted, and as refusals name it.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    [Parameter] public bool Optional { get; set; }

    /// <summary>Whether the label is the page's heading.</summary>
    [Parameter] public bool IsHeading { get; set; }

    protected string Id => FormState.IdOf(Name);
    protected string? Value => State.Value(Name);
    protected string? Error => State.Error(Name);
    protected string? Invalid => Error is null ? null : "true";
    protected string FieldClass => Error is null ? "field" : "field field-wrong";

    protected string? DescribedBy => DescribedByWith(null);

    protected string? DescribedByWith(string? more)
    {
        var ids = new[] { Hint is null ? null : $"{Id}-hint", Error is null ? null : $"{Id}-error", more };
        var joined = string.Join(' ', ids.Where(id => id is not null));
        return joined.Length == 0 ? null : joined;
    }
}

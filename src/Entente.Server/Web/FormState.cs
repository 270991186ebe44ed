using Entente.Domain.Disputes;
using Entente.Server.Words;
using Microsoft.Extensions.Primitives;

namespace Entente.Server.Web;

/// <summary>What is wrong with a form: the field it is about, null for the form as a whole, and a sentence.</summary>
public sealed record FormError(string? Field, string Text)
{
    /// <summary>The element a reader is led to.</summary>
    public string? Anchor => Field is null ? null : FormState.IdOf(Field);
}

/// <summary>A form as it stands: what was typed, and what is wrong with it.</summary>
public sealed class FormState
{
    private readonly Dictionary<string, StringValues> _typed;

    private FormState(Dictionary<string, StringValues> typed, IReadOnlyList<FormError> errors) =>
        (_typed, Errors) = (typed, errors);

    public static FormState Empty { get; } = new([], []);

    public IReadOnlyList<FormError> Errors { get; }

    /// <summary>A form nobody has sent yet, with what is known already.</summary>
    public static FormState Of(params ReadOnlySpan<(string Name, string? Value)> known)
    {
        var typed = new Dictionary<string, StringValues>();
        foreach (var (name, value) in known) typed[name] = value;
        return new(typed, []);
    }

    /// <summary>A form that came back.</summary>
    public static FormState Of(IFormCollection typed, params IEnumerable<FormError> errors) =>
        new(typed.ToDictionary(pair => pair.Key, pair => pair.Value), [.. errors]);

    public static FormState Of(IFormCollection typed, Speaker speaker, params IEnumerable<Refusal> refusals) =>
        Of(typed, refusals.Select(refusal => new FormError(refusal.Field, speaker.Say(refusal.Sentence))));

    public string? Value(string name) => _typed.TryGetValue(name, out var values) ? values.ToString() : null;

    public bool Has(string name, string value) => _typed.TryGetValue(name, out var values) && values.Contains(value);

    public string? Error(string name) => Errors.FirstOrDefault(error => error.Field == name)?.Text;

    /// <summary>The id of a field's element; a name such as lines[0].amount
    /// becomes one that style sheets can name.</summary>
    public static string IdOf(string name) =>
        "f-" + string.Create(name.Length, name, static (id, from) =>
        {
            for (var at = 0; at < id.Length; at++) id[at] = char.IsAsciiLetterOrDigit(from[at]) ? from[at] : '-';
        });
}

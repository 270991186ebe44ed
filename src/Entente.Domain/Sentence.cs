namespace Entente.Domain;

/// <summary>
/// Something to be said to a reader: a key of the word lists and its arguments, rendered in a language at the edge.
/// Arguments are values (money, instants, roles, spans, numbers, codes), never prepared text.
/// </summary>
public sealed record Sentence(string Key, ValueList<Argument> Arguments)
{
    public static Sentence Of(string key, params ReadOnlySpan<(string Name, object? Value)> arguments)
    {
        var list = new List<Argument>(arguments.Length);
        foreach (var (name, value) in arguments)
            if (value is not null) list.Add(new(name, value));
        return new(key, list.ToValueList());
    }
}

/// <summary>A named value inside a sentence.</summary>
public sealed record Argument(string Name, object Value);

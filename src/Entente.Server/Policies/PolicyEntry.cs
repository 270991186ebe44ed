using Entente.Domain;

namespace Entente.Server.Policies;

/// <summary>A place in a policy document: its key, what stands there if anything, where problems are told.</summary>
internal sealed class PolicyEntry(string key, YamlNode? node, int line, List<PolicyProblem> problems)
{
    /// <summary>Turns a text into a value; false where it is none.</summary>
    public delegate bool Reader<T>(string text, out T value);

    public string Key => key;
    public int Line => line;
    /// <summary>Not even the key stands here.</summary>
    public bool IsAbsent => node is null;

    public bool IsUnset => node is null or YamlText { IsUnset: true };

    /// <summary>What a text stands here; null for anything else.</summary>
    public string? Text => node is YamlText { IsUnset: false } text ? text.Value : null;

    /// <summary>The same place under another name.</summary>
    public PolicyEntry As(string name) => new(name, node, line, problems);

    public PolicyEntry this[string name]
    {
        get
        {
            var (_, at, value) = Entries.FirstOrDefault(entry => entry.Key == name);
            return new(key.Length == 0 ? name : $"{key}.{name}", value, value is null ? line : at, problems);
        }
    }

    /// <summary>This map, after telling of every key it should not have.</summary>
    public PolicyEntry Only(params IEnumerable<string> names)
    {
        if (!IsUnset && node is not YamlMap) Tell(PolicyProblemCode.NotAMap);
        foreach (var (name, _, _) in Entries)
            if (!names.Contains(name)) this[name].Tell(PolicyProblemCode.UnknownKey);
        return this;
    }

    /// <summary>The keys of a map whose names are free.</summary>
    public IEnumerable<(string Name, PolicyEntry Entry)> Named()
    {
        if (!IsUnset && node is not YamlMap) Tell(PolicyProblemCode.NotAMap);
        return Entries.Select(entry => (entry.Key, this[entry.Key]));
    }

    /// <summary>A list's items; told as missing where the list itself is.</summary>
    public IEnumerable<PolicyEntry> Items()
    {
        if (IsUnset) Tell(PolicyProblemCode.Missing);
        else if (node is not YamlList) Tell(PolicyProblemCode.NotAList);
        var items = (node as YamlList)?.Items ?? [];
        return items.Select((item, at) => new PolicyEntry($"{key}[{at}]", item, item.Line, problems));
    }

    /// <summary>A list of values; those that cannot be read are told of and left out.</summary>
    public ValueList<T> List<T>(Func<PolicyEntry, (bool IsRead, T Value)> read) =>
        Items().Select(read).Where(item => item.IsRead).Select(item => item.Value).ToValueList();

    /// <summary>The value of the text that stands here, or false after telling why there is none.</summary>
    public bool TryRead<T>(
        Reader<T> reader, out T value, PolicyProblemCode otherwise, params ReadOnlySpan<(string, object?)> arguments)
    {
        value = default!;
        if (IsUnset) Tell(PolicyProblemCode.Missing);
        else if (Text is null) Tell(PolicyProblemCode.NotAText);
        else if (reader(Text, out value)) return true;
        else Tell(otherwise, arguments);
        return false;
    }

    /// <inheritdoc cref="TryRead"/>
    public T Read<T>(Reader<T> reader, PolicyProblemCode otherwise, params ReadOnlySpan<(string, object?)> arguments) =>
        TryRead(reader, out var value, otherwise, arguments) ? value : default!;

    public void Tell(PolicyProblemCode code, params ReadOnlySpan<(string, object?)> arguments) =>
        problems.Add(new(code, key, line, Sentence.Of("", arguments).Arguments));

    private List<(string Key, int Line, YamlNode Value)> Entries => (node as YamlMap)?.Entries ?? [];
}

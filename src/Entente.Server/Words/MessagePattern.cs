using System.Globalization;
using System.Text;
using Entente.Domain;

namespace Entente.Server.Words;

/// <summary>
/// One entry of the word lists, parsed once at start-up: a subset of ICU MessageFormat with {name}, {name, style},
/// plural and select.
/// </summary>
public sealed class MessagePattern
{
    private readonly Part[] _parts;

    internal MessagePattern(IReadOnlyList<Part> parts) => _parts = [.. parts];

    /// <summary>The whole text, where it holds no placeholder.</summary>
    public string? Plain => _parts switch
    {
        [] => "",
        [Literal only] => only.Text,
        _ => null,
    };

    /// <summary>The names of the values it needs, in all its branches.</summary>
    public IEnumerable<string> Placeholders => _parts.SelectMany(part => part.Placeholders).Distinct();

    /// <summary>Every stretch of fixed text, in all its branches.</summary>
    public IEnumerable<string> Literals => _parts.SelectMany(part => part.Literals);

    internal void Write(StringBuilder to, Speaker speaker, Values values, long number = 0)
    {
        foreach (var part in _parts) part.Write(to, speaker, values, number);
    }

    internal abstract class Part
    {
        public virtual IEnumerable<string> Placeholders => [];
        public virtual IEnumerable<string> Literals => [];
        public abstract void Write(StringBuilder to, Speaker speaker, Values values, long number);
    }

    internal sealed class Literal(string text) : Part
    {
        public string Text => text;
        public override IEnumerable<string> Literals => [text];
        public override void Write(StringBuilder to, Speaker speaker, Values values, long number) => to.Append(text);
    }

    internal sealed class Placeholder(string name, string? style) : Part
    {
        public override IEnumerable<string> Placeholders => [name];

        public override void Write(StringBuilder to, Speaker speaker, Values values, long number)
        {
            if (values.Find(name) is { } value) speaker.Write(to, value, style);
            else to.Append(speaker.Missing($"{{{name}}}"));
        }
    }

    /// <summary>The '#' of a plural.</summary>
    internal sealed class Number : Part
    {
        public override void Write(StringBuilder to, Speaker speaker, Values values, long number) =>
            speaker.Write(to, number, null);
    }

    internal sealed class Plural(string name, PluralRule rule, Dictionary<string, MessagePattern> branches) : Part
    {
        private readonly (long Number, MessagePattern Branch)[] _exact =
        [
            .. from branch in branches
               where branch.Key[0] == '='
               select (long.Parse(branch.Key.AsSpan(1), CultureInfo.InvariantCulture), branch.Value),
        ];

        public override IEnumerable<string> Placeholders => Inner(name, branches);
        public override IEnumerable<string> Literals => branches.Values.SelectMany(branch => branch.Literals);

        public override void Write(StringBuilder to, Speaker speaker, Values values, long number)
        {
            var count = Values.Count(values.Find(name));
            if (count is null) to.Append(speaker.Missing($"{{{name}}}"));
            else Branch(count.Value).Write(to, speaker, values, count.Value);
        }

        private MessagePattern Branch(long count)
        {
            foreach (var (number, branch) in _exact)
                if (number == count) return branch;
            return branches.GetValueOrDefault(rule(count)) ?? branches["other"];
        }
    }

    internal sealed class Select(string name, Dictionary<string, MessagePattern> branches) : Part
    {
        public override IEnumerable<string> Placeholders => Inner(name, branches);
        public override IEnumerable<string> Literals => branches.Values.SelectMany(branch => branch.Literals);

        public override void Write(StringBuilder to, Speaker speaker, Values values, long number)
        {
            var code = Values.Code(values.Find(name));
            (branches.GetValueOrDefault(code) ?? branches["other"]).Write(to, speaker, values, number);
        }
    }

    private static IEnumerable<string> Inner(string name, Dictionary<string, MessagePattern> branches) =>
        branches.Values.SelectMany(branch => branch.Placeholders).Prepend(name).Distinct();
}

/// <summary>The named values a sentence is said with.</summary>
internal readonly ref struct Values
{
    private readonly ReadOnlySpan<(string Name, object? Value)> _pairs;
    private readonly ValueList<Argument>? _list;

    public Values(ReadOnlySpan<(string Name, object? Value)> pairs) => _pairs = pairs;
    public Values(ValueList<Argument> list) => _list = list;

    public object? Find(string name)
    {
        foreach (var (known, value) in _pairs)
            if (known == name) return value;
        for (var index = 0; index < (_list?.Count ?? 0); index++)
            if (_list![index].Name == name) return _list[index].Value;
        return null;
    }

    public static long? Count(object? value) => value switch
    {
        int number => number,
        long number => number,
        System.Collections.ICollection list => list.Count,
        IReadOnlyCollection<object> list => list.Count,
        _ => null,
    };

    public static string Code(object? value) => value switch
    {
        null => "other",
        string text => text,
        Enum known => Codes.Of(known),
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "other",
    };
}

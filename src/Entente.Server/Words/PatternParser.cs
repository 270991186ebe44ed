using System.Text;

namespace Entente.Server.Words;

/// <summary>
/// Reads the ICU MessageFormat subset. An apostrophe quotes only before a brace (or '#' in a plural); two make one.
/// </summary>
internal sealed class PatternParser(string text, PluralRule rule, Func<string, string> typography)
{
    private int _at;

    public static MessagePattern Parse(string text, PluralRule rule, Func<string, string> typography)
    {
        var parser = new PatternParser(text, rule, typography);
        var pattern = parser.Message(inPlural: false);
        return parser._at == text.Length ? pattern : throw parser.Broken("a closing brace without an opening one");
    }

    private MessagePattern Message(bool inPlural)
    {
        var parts = new List<MessagePattern.Part>();
        var literal = new StringBuilder();
        while (_at < text.Length && text[_at] != '}')
        {
            if (text[_at] == '\'' && Quoted(inPlural) is { } quoted) literal.Append(quoted);
            else if (text[_at] == '{') Flush(literal, parts).Add(Placeholder(inPlural));
            else if (text[_at] == '#' && inPlural) Flush(literal, parts).Add(Number());
            else literal.Append(text[_at++]);
        }
        return new(Flush(literal, parts));
    }

    private List<MessagePattern.Part> Flush(StringBuilder literal, List<MessagePattern.Part> parts)
    {
        if (literal.Length > 0) parts.Add(new MessagePattern.Literal(typography(literal.ToString())));
        literal.Clear();
        return parts;
    }

    private string? Quoted(bool inPlural)
    {
        var next = _at + 1 < text.Length ? text[_at + 1] : ' ';
        if (next == '\'')
        {
            _at += 2;
            return "'";
        }
        if (next is not ('{' or '}') && !(next == '#' && inPlural)) return null;
        var end = text.IndexOf('\'', _at + 1);
        if (end < 0) throw Broken("a quotation that never ends");
        var quoted = text[(_at + 1)..end];
        _at = end + 1;
        return quoted;
    }

    private MessagePattern.Number Number()
    {
        _at++;
        return new();
    }

    private MessagePattern.Part Placeholder(bool inPlural)
    {
        _at++;
        var name = Word();
        if (Take('}')) return new MessagePattern.Placeholder(name, null);
        Expect(',');
        var kind = Word();
        if (Take('}')) return new MessagePattern.Placeholder(name, kind);
        Expect(',');
        var branches = Branches(inPlural || kind == "plural");
        return kind switch
        {
            "plural" => new MessagePattern.Plural(name, rule, branches),
            "select" => new MessagePattern.Select(name, branches),
            _ => throw Broken($"the unknown kind '{kind}'"),
        };
    }

    private Dictionary<string, MessagePattern> Branches(bool inPlural)
    {
        var branches = new Dictionary<string, MessagePattern>(StringComparer.Ordinal);
        while (!Take('}'))
        {
            var name = Word();
            Expect('{');
            if (!branches.TryAdd(name, Message(inPlural))) throw Broken($"two branches '{name}'");
            Expect('}');
        }
        return branches.ContainsKey("other") ? branches : throw Broken("no branch 'other'");
    }

    private string Word()
    {
        Blank();
        var start = _at;
        while (_at < text.Length && text[_at] is not (',' or '{' or '}') && !char.IsWhiteSpace(text[_at])) _at++;
        return _at > start ? text[start.._at] : throw Broken("a missing name");
    }

    private bool Take(char wanted)
    {
        Blank();
        if (_at >= text.Length || text[_at] != wanted) return false;
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (wanted == '}')
        {
            // The text of a branch ends at the brace itself: a blank before it belongs to the text.
            if (_at >= text.Length || text[_at++] != '}') throw Broken("a missing '}'");
            return;
        }
        if (!Take(wanted)) throw Broken($"a missing '{wanted}'");
    }

    private void Blank()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
    }

    private FormatException Broken(string what) => new($"The pattern \"{text}\" has {what} near character {_at + 1}.");
}

using System.Text;
using Entente.Domain;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Entente.Server.Policies;

/// <summary>A value of a YAML document and the line it stands on.</summary>
internal abstract record YamlNode(int Line);

/// <summary>A value that is one piece of text; unset where nothing is written.</summary>
internal sealed record YamlText(int Line, string Value, bool IsQuoted) : YamlNode(Line)
{
    public bool IsUnset => Value.Length == 0 && !IsQuoted;
}

/// <summary>Values one after the other.</summary>
internal sealed record YamlList(int Line, List<YamlNode> Items) : YamlNode(Line);

/// <summary>Values by key, each key once.</summary>
internal sealed record YamlMap(int Line, List<(string Key, int Line, YamlNode Value)> Entries) : YamlNode(Line);

/// <summary>Reads one YAML document as plain text, lists and maps: no tags, no anchors, no surprise.</summary>
internal sealed class YamlTree
{
    public const int BytesMax = 256 * 1024;
    private const int DepthMax = 12;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly List<PolicyProblem> _problems;
    private readonly IParser _parser;

    private YamlTree(string text, List<PolicyProblem> problems) =>
        (_problems, _parser) = (problems, new Parser(new StringReader(text)));

    /// <summary>The document's root; null where a problem keeps it from being read at all.</summary>
    public static YamlNode? Read(ReadOnlySpan<byte> bytes, List<PolicyProblem> problems)
    {
        try
        {
            if (bytes.Length > BytesMax)
                throw Refused(PolicyProblemCode.TooLarge, 0, ("max", new Words.FileSize(BytesMax)));
            return new YamlTree(Strict.GetString(bytes), problems).Document();
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new(PolicyProblemCode.NotUtf8, "", 0, []));
        }
        catch (YamlException malformed)
        {
            problems.Add(new(PolicyProblemCode.NotYaml, "", (int)malformed.Start.Line, []));
        }
        catch (RefusedException refused)
        {
            problems.Add(refused.Problem);
        }
        return null;
    }

    private YamlNode Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _)) return new YamlText(1, "", IsQuoted: false);
        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out var second)
            ? throw Refused(PolicyProblemCode.SecondDocument, (int)second.Start.Line)
            : root;
    }

    private YamlNode Node(int depth)
    {
        var next = _parser.Consume<ParsingEvent>();
        var line = (int)next.Start.Line;
        if (depth > DepthMax) throw Refused(PolicyProblemCode.TooDeep, line);
        if (next is AnchorAlias) throw Refused(PolicyProblemCode.AliasNotAllowed, line);
        if (next is NodeEvent { Anchor.IsEmpty: false }) throw Refused(PolicyProblemCode.AliasNotAllowed, line);
        if (next is NodeEvent { Tag.IsEmpty: false }) throw Refused(PolicyProblemCode.TagNotAllowed, line);
        return next switch
        {
            YamlDotNet.Core.Events.Scalar text => new YamlText(line, text.Value, text.Style != ScalarStyle.Plain),
            SequenceStart => List(line, depth),
            _ => Map(line, depth),
        };
    }

    private YamlList List(int line, int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(depth + 1));
        return new(line, items);
    }

    private YamlMap Map(int line, int depth)
    {
        var entries = new List<(string Key, int Line, YamlNode Value)>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (Node(depth + 1) is not YamlText key) throw Refused(PolicyProblemCode.NotAText, line);
            var value = Node(depth + 1);
            if (entries.Any(entry => entry.Key == key.Value))
                _problems.Add(new(PolicyProblemCode.DuplicateKey, key.Value, key.Line, []));
            else
                entries.Add((key.Value, key.Line, value));
        }
        return new(line, entries);
    }

    private static RefusedException Refused(
        PolicyProblemCode code, int line, params ReadOnlySpan<(string Name, object? Value)> arguments) =>
        new(new(code, "", line, Sentence.Of("", arguments).Arguments));

    private sealed class RefusedException(PolicyProblem problem) : Exception
    {
        public PolicyProblem Problem => problem;
    }
}

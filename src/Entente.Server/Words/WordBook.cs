using System.Collections.Frozen;
using System.Reflection;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Entente.Server.Words;

/// <summary>
/// All that the centre says, in every language it speaks: the word lists under Words, one folder a language, one file
/// a room, parsed once. Which languages exist is what folders there are.
/// </summary>
public sealed class WordBook
{
    private const string Root = "Words/";
    private readonly FrozenDictionary<string, Tongue> _tongues;

    private WordBook(FrozenDictionary<string, Tongue> tongues) => _tongues = tongues;

    /// <summary>The languages, English first, then by code.</summary>
    public IReadOnlyList<string> Languages =>
        field ??= [.. _tongues.Keys.OrderBy(language => language == "en" ? 0 : 1)
            .ThenBy(code => code, StringComparer.Ordinal)];

    /// <summary>The book as built into the program.</summary>
    /// <param name="onMissing">
    /// Told of a key or value that is not there, whose name then stands in the text. Where null, a gap throws.
    /// </param>
    public static WordBook Load(Action<string>? onMissing = null)
    {
        var assembly = typeof(WordBook).Assembly;
        var files = from name in assembly.GetManifestResourceNames()
                    where name.StartsWith(Root, StringComparison.Ordinal)
                    select (Language: name[Root.Length..].Split('/')[0], Name: name);
        var tongues = from file in files
                      group file.Name by file.Language into language
                      select Read(assembly, language.Key, language, onMissing);
        return new(tongues.ToFrozenDictionary(tongue => tongue.Language));
    }

    /// <summary>Somebody who speaks a language to a reader in a time zone;
    /// English where the language is unknown.</summary>
    /// <param name="now">The instant that "in 2 days" is counted from; without it nothing relative can be said.</param>
    public Speaker For(string? language, DateTimeZone zone, Instant? now = null) =>
        new(_tongues.GetValueOrDefault(language ?? "en") ?? _tongues["en"], zone, now);

    /// <summary>The patterns of a language by key.</summary>
    public IReadOnlyDictionary<string, MessagePattern> Patterns(string language) => _tongues[language].Patterns;

    private static Tongue Read(Assembly assembly, string language, IEnumerable<string> files, Action<string>? onMissing)
    {
        var (rule, typography) = (PluralRules.For(language), Typography.For(language));
        var patterns = new Dictionary<string, MessagePattern>(StringComparer.Ordinal);
        foreach (var file in files)
            foreach (var (key, text) in Entries(assembly, file))
                if (!patterns.TryAdd(key, PatternParser.Parse(text, rule, typography)))
                    throw new InvalidDataException($"{file} says '{key}' a second time.");
        return new(language, patterns.ToFrozenDictionary(StringComparer.Ordinal), onMissing);
    }

    private static IEnumerable<(string Key, string Text)> Entries(Assembly assembly, string file)
    {
        using var stream = new StreamReader(assembly.GetManifestResourceStream(file)!);
        var parser = new Parser(stream);
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _)) yield break;
        parser.Consume<MappingStart>();
        while (!parser.TryConsume<MappingEnd>(out _))
            yield return (parser.Consume<YamlDotNet.Core.Events.Scalar>().Value,
                parser.Consume<YamlDotNet.Core.Events.Scalar>().Value);
    }

    /// <summary>One language of the book.</summary>
    internal sealed record Tongue(
        string Language, FrozenDictionary<string, MessagePattern> Patterns, Action<string>? OnMissing);
}

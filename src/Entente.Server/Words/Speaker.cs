using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using Entente.Domain;
using Entente.Domain.Policies;

namespace Entente.Server.Words;

/// <summary>Says things to one reader: in a language, with the times of a zone, seen from an instant.</summary>
public sealed partial class Speaker
{
    private static readonly ConcurrentDictionary<(Enum Value, string? Style), string> EnumKeys = new();
    [ThreadStatic] private static StringBuilder? s_spare;
    private readonly WordBook.Tongue _words;

    internal Speaker(WordBook.Tongue words, DateTimeZone zone, Instant? now) =>
        (_words, Zone, Now) = (words, zone, now);

    /// <summary>BCP 47 code of the language.</summary>
    public string Language => _words.Language;

    /// <summary>"ltr" or "rtl".</summary>
    public string Direction => Say("language.direction");

    public DateTimeZone Zone { get; }

    /// <summary>What "in 2 days" is counted from.</summary>
    public Instant? Now { get; }

    public bool Has(string key) => _words.Patterns.ContainsKey(key);

    public string Say(Sentence sentence) => Say(sentence.Key, new Values(sentence.Arguments));

    public string Say(string key, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Say(key, new Values(values));

    /// <summary>A value by itself.</summary>
    /// <param name="style">
    /// Of an instant: deadline, relative, day, short, short_deadline, time. Of a
    /// date: short. Of a zone's id: zone, which is how
    /// its times are called. Of an enum value: a form of its word, such as "of" for the key role.buyer.of.
    /// </param>
    public string Of(object value, string? style = null)
    {
        var text = Borrow();
        Write(text, value, style);
        return Return(text);
    }

    private string Say(string key, Values values)
    {
        if (!_words.Patterns.TryGetValue(key, out var pattern)) return Missing(key);
        if (pattern.Plain is { } plain) return plain;
        var text = Borrow();
        pattern.Write(text, this, values);
        return Return(text);
    }

    internal void Write(StringBuilder to, object value, string? style)
    {
        switch (value)
        {
            case string zone when style is "zone": to.Append(ZoneName(zone)); break;
            case string text: to.Append(text); break;
            case int number: Integer(to, number); break;
            case long number: Integer(to, number); break;
            case Money money: Amount(to, money); break;
            case Instant instant: Moment(to, instant, style); break;
            case LocalDate date: Date(to, date, style); break;
            case Duration duration: Length(to, duration, "duration"); break;
            case Span span: Entry(to, $"span.{Codes.Of(span.Unit)}", ("n", span.Count)); break;
            case Enum known: Entry(to, EnumKeys.GetOrAdd((known, style), EnumKey)); break;
            case Sentence sentence: to.Append(Say(sentence)); break;
            case LocalText text: to.Append(text.In(Language)); break;
            case FileSize size: Bytes(to, size.Bytes); break;
            case IEnumerable list: List(to, list, style); break;
            default: to.Append(value); break;
        }
    }

    private void Entry(StringBuilder to, string key, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (_words.Patterns.TryGetValue(key, out var pattern)) pattern.Write(to, this, new Values(values));
        else to.Append(Missing(key));
    }

    private void List(StringBuilder to, IEnumerable list, string? style)
    {
        var items = list.Cast<object>().ToList();
        for (var index = 0; index < items.Count; index++)
        {
            if (index > 0) Entry(to, index == items.Count - 1 ? "list.last" : "list.next");
            Write(to, items[index], style);
        }
    }

    /// <summary>What stands where a word is missing: its key, after those who keep the lists were told.</summary>
    internal string Missing(string key)
    {
        if (_words.OnMissing is null) throw new KeyNotFoundException($"'{key}' is not in the words of '{Language}'.");
        _words.OnMissing($"{Language}: {key}");
        return key;
    }

    private static string EnumKey((Enum Value, string? Style) known)
    {
        var type = new StringBuilder();
        foreach (var letter in known.Value.GetType().Name)
        {
            if (char.IsUpper(letter) && type.Length > 0) type.Append('_');
            type.Append(char.ToLowerInvariant(letter));
        }
        return $"{type}.{Codes.Of(known.Value)}" + (known.Style is null ? "" : $".{known.Style}");
    }

    private static StringBuilder Borrow()
    {
        var spare = s_spare ?? new StringBuilder(256);
        s_spare = null;
        return spare;
    }

    private static string Return(StringBuilder text)
    {
        var said = text.ToString();
        if (text.Capacity <= 4096) s_spare = text.Clear();
        return said;
    }
}

/// <summary>A file's size, said in the units people know.</summary>
public readonly record struct FileSize(long Bytes);

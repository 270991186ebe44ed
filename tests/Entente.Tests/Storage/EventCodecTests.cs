using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;

namespace Entente.Tests.Storage;

/// <summary>
/// The stored format, kept for ever by golden files. A new kind of fact gets its files by running these tests once
/// with ENTENTE_WRITE=1, and docs/events.md its line; a golden file that exists is never written again.
/// </summary>
public class EventCodecTests
{
    private static readonly string Golden =
        Path.Combine(Repository.Root, "tests", "Entente.Tests", "Storage", "golden");
    private static readonly Actor By = new(ActorKind.Person, Role.Buyer, "person-1", "key-1");

    public static TheoryData<string, bool> Kinds()
    {
        var kinds = new TheoryData<string, bool>();
        foreach (var type in EventTypes())
            foreach (var full in new[] { true, false })
                kinds.Add(type.Name, full);
        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_of_fact_is_stored_as_it_always_was(string kind, bool full)
    {
        var fact = SampleOf(kind, full);
        var bytes = EventCodec.Write(fact);
        var file = Path.Combine(Golden,
            $"{StoredNames.Of(fact.Event.GetType()).Name}.{(full ? "full" : "least")}.json");
        WriteIfAsked(file, bytes);
        Assert.True(File.Exists(file), $"{file} is missing: run once with ENTENTE_WRITE=1.");
        Assert.Equal(File.ReadAllText(file), Encoding.UTF8.GetString(bytes));
        Assert.Equal(fact, EventCodec.Read(fact.Seq, File.ReadAllBytes(file)));
    }

    private static IEnumerable<string> Spelled(Type type) =>
        Enum.GetValues(type).Cast<Enum>().Select(Codes.Of).Order(StringComparer.Ordinal);

    [Fact]
    public void Every_code_is_spelled_as_it_always_was()
    {
        var codes = string.Concat(StoredEnums().OrderBy(type => type.Name, StringComparer.Ordinal).Select(type =>
            $"{type.Name}: {string.Join(", ", Spelled(type))}\n"));
        var file = Path.Combine(Golden, "codes.txt");
        foreach (var line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            var now = codes.Split('\n').SingleOrDefault(
                candidate => candidate.StartsWith(line.Split(':')[0] + ":", StringComparison.Ordinal));
            Assert.True(now is not null, $"An enum is gone: {line}");
            Assert.Empty(Values(line).Except(Values(now!)));
        }
        if (Repository.IsAskedToWrite) File.WriteAllText(file, codes);
        Assert.Equal(codes, File.ReadAllText(file));
    }

    [Fact]
    public void What_a_new_dispute_takes_up_anew_is_kept()
    {
        var fact = SampleOf(nameof(DisputeOpened), full: false);
        var anew = fact with { Event = (DisputeOpened)fact.Event with { Earlier = Given.Id } };
        Assert.Equal(anew, EventCodec.Read(fact.Seq, EventCodec.Write(anew)));
        Assert.Contains($"\"earlier\":\"{Given.Id}\"", Encoding.UTF8.GetString(EventCodec.Write(anew)));
    }

    [Fact]
    public void The_total_sequence_stands_in_no_stored_byte()
    {
        var fact = SampleOf(nameof(AnswerMissed), full: false);
        Assert.Equal(EventCodec.Write(fact), EventCodec.Write(fact with { Seq = 99 }));
    }

    [Theory]
    [InlineData("\"schema\":1", "\"schema\":2")]
    [InlineData("\"kind\":\"answer_missed\"", "\"kind\":\"answer_forgotten\"")]
    [InlineData("\"who\":\"buyer\"", "\"who\":\"neighbour\"")]
    [InlineData("\"who\":\"buyer\"", "\"who\":\"buyer\",\"who\":\"seller\"")]
    [InlineData("\"who\":\"buyer\"", "\"who\":\"buyer\",\"new\":1")]
    [InlineData("\"who\":\"buyer\"", "")]
    [InlineData("}}", "}}1")]
    [InlineData("}}", "}")]
    public void What_another_version_wrote_is_not_guessed_at(string here, string there)
    {
        var text = Encoding.UTF8.GetString(EventCodec.Write(SampleOf(nameof(AnswerMissed), full: false)));
        Assert.Contains(here, text);
        Assert.ThrowsAny<JsonException>(() => EventCodec.Read(1, Encoding.UTF8.GetBytes(text.Replace(here, there))));
    }

    [Fact]
    public void A_folded_dispute_comes_back_equal()
    {
        var dispute = Given.Opened().Says(Role.Seller, "Sorry.").Shows(Role.Buyer, 1).Dispute;
        Assert.Equal(dispute, EventCodec.ReadState(EventCodec.WriteState(dispute)));
    }

    [Fact]
    public void A_link_is_what_the_document_says()
    {
        byte[] bytes = [.. "{\"kind\":\"example\"}"u8];
        var first = Chain.Link(Given.Id, Audience.BuyerAndPlatform, 1, [], bytes);
        var second = Chain.Link(Given.Id, Audience.BuyerAndPlatform, 2, first, bytes);
        var document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "events.md"));
        Assert.Contains(Convert.ToHexStringLower(first), document);
        Assert.Contains(Convert.ToHexStringLower(second), document);
    }

    [Fact]
    public void The_document_names_every_kind()
    {
        const string Heading = "## The kinds\n\n";
        var file = Path.Combine(Repository.Root, "docs", "events.md");
        var text = File.ReadAllText(file);
        var fresh = text[..(text.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length)] + TableOfKinds();
        if (Repository.IsAskedToWrite) File.WriteAllText(file, fresh);
        Assert.Equal(fresh, File.ReadAllText(file));
    }

    [Fact]
    public void Links_come_back_as_they_went()
    {
        var link = Chain.Link(Given.Id, Audience.Staff, 1, [], [1]);
        var links = Links.From(Links.None.With(Audience.Staff, link).ToBytes());
        Assert.Equal(link, links.Of(Audience.Staff).ToArray());
        Assert.True(links.Of(Audience.All).IsEmpty);
    }

    private static Fact SampleOf(string kind, bool full)
    {
        var type = EventTypes().Single(candidate => candidate.Name == kind);
        var happened = (DisputeEvent)new Sample(full).Of(type);
        return new(7, 3, Instant.FromUtc(2026, 11, 2, 9, 0), full ? By : Actor.Rule("answer.within"), new("command-1"),
            "alibaba@2", happened);
    }

    private static IEnumerable<Type> EventTypes() =>
        typeof(DisputeEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DisputeEvent)));

    private static string TableOfKinds()
    {
        var folder = Path.Combine(Repository.Root, "src", "Entente.Domain");
        var source = string.Concat(
            Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var said = Regex.Matches(
                source, @"/// <summary>((?:(?!</summary>).)*)</summary>\n(?:///[^\n]*\n)*public sealed record (\w+)",
                RegexOptions.Singleline)
            .ToLookup(
                match => match.Groups[2].Value,
                match => Regex.Replace(match.Groups[1].Value, @"\s*\n/// *", " "));
        var rows = EventTypes().Select(type => (StoredNames.Of(type), said[type.Name].First().Trim()))
            .OrderBy(row => row.Item1.Name, StringComparer.Ordinal);
        return "| kind | schema | what it says |\n|---|---|---|\n"
            + string.Concat(rows.Select(row => $"| `{row.Item1.Name}` | {row.Item1.Schema} | {row.Item2} |\n"));
    }

    private static IEnumerable<Type> StoredEnums() =>
        EventTypes().SelectMany(Reached).Append(typeof(ActorKind)).Append(typeof(Audience)).Distinct();

    private static IEnumerable<Type> Reached(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return Reached(inner);
        if (type.IsGenericType) return Reached(type.GetGenericArguments()[0]);
        if (type.IsEnum) return [type];
        return type.Namespace?.StartsWith("Entente", StringComparison.Ordinal) == true
            ? type.GetProperties().Where(property => property.CanWrite)
                .SelectMany(property => Reached(property.PropertyType))
            : [];
    }

    private static string[] Values(string line) =>
        line[(line.IndexOf(':') + 1)..].Split(',', StringSplitOptions.TrimEntries);

    private static void WriteIfAsked(string file, byte[] bytes)
    {
        if (!Repository.IsAskedToWrite || File.Exists(file)) return;
        Directory.CreateDirectory(Golden);
        File.WriteAllBytes(file, bytes);
    }
}

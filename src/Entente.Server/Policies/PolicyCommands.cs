using System.CommandLine;
using Entente.Domain;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Words;

namespace Entente.Server.Policies;

/// <summary>
/// "entente policy …": what is wrong with a document and on which line, what differs between two, what a changed one
/// would have meant for past disputes, and the schema that editors read.
/// </summary>
public static class PolicyCommands
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "The YAML document" };
    private static readonly Argument<FileInfo> Older = new("older") { Description = "The older YAML document" };
    private static readonly Argument<FileInfo> Newer = new("newer") { Description = "The newer YAML document" };
    private static readonly Option<string?> Marketplace =
        new("--marketplace") { Description = "Whose past disputes (needed where there are several)" };
    private static readonly Option<string> Language =
        new("--language") { Description = "Language of the answer (default en)", DefaultValueFactory = _ => "en" };

    public static Command Command(Func<ParseResult, Settings> settings)
    {
        foreach (var file in (Argument<FileInfo>[])[File, Older, Newer])
            file.Validators.Add(given =>
            {
                if (given.GetValueOrDefault<FileInfo>() is { Exists: false } named)
                    given.AddError($"{named.FullName} does not exist.");
            });
        return new Command("policy", "Check, compare and try out documents of rules.")
        {
            Verb("check", "Check a document of rules and read it out.", [File],
                (given, to) => CheckPolicy.Run(Read(given, File), given.GetRequiredValue(Language), to)),
            Verb("diff", "Say in words what differs between two documents.", [Older, Newer],
                (given, to) => Compare(Read(given, Older), Read(given, Newer), Speaker(given), to)),
            Verb("schema", "Print the JSON Schema of documents of rules.", [], (_, to) =>
            {
                to.Write(PolicySchema.Text);
                return 0;
            }),
            Simulation(settings),
        };
    }

    /// <summary>0 where both are complete, whatever differs.</summary>
    internal static int Compare(ReadOnlySpan<byte> older, ReadOnlySpan<byte> newer, Speaker speaker, TextWriter to)
    {
        var (before, after) = (PolicyDocument.Read(older), PolicyDocument.Read(newer));
        if (before.Policy is not { } old || after.Policy is not { } young)
        {
            to.WriteLine(speaker.Say("policy.diff.incomplete"));
            return 1;
        }
        var changes = PolicyDiff.Between(old, young);
        if (changes.Count == 0) to.WriteLine(speaker.Say("policy.diff.none"));
        foreach (var section in changes.GroupBy(change => change.Heading))
        {
            to.WriteLine($"\n{speaker.Say(section.Key)}");
            foreach (var change in section)
            {
                if (change.Before is { } gone) to.WriteLine($"- {speaker.Say(gone)}");
                if (change.After is { } came) to.WriteLine($"+ {speaker.Say(came)}");
            }
        }
        return 0;
    }

    private static Command Simulation(Func<ParseResult, Settings> settings)
    {
        var command = new Command("simulate", "Replay past disputes under a document of rules.")
            { File, Marketplace, Language };
        command.SetAction(async (given, stop) =>
        {
            using var database = Database.Of(settings(given), TimeProvider.System);
            Migrations.Run(database);
            return await Simulate(Read(given, File), given.GetValue(Marketplace), database, Speaker(given),
                given.InvocationConfiguration.Output, stop);
        });
        return command;
    }

    /// <summary>0 where the document is complete and the marketplace known.</summary>
    internal static async Task<int> Simulate(
        byte[] bytes, string? marketplace, Database database, Speaker speaker, TextWriter to,
        CancellationToken stop = default)
    {
        var known = (await new Marketplaces(database).All(stop)).Select(found => found.Id).ToList();
        var whose = marketplace is null ? known.Count == 1 ? known[0] : (MarketplaceId?)null : new(marketplace);
        if (PolicyDocument.Read(bytes).Policy is not { } changed || whose is not { } id || !known.Contains(id))
        {
            await to.WriteLineAsync(speaker.Say(whose is null ? "policy.replay.whose" : "policy.diff.incomplete"));
            return 1;
        }
        var report = await new PolicySimulation(database, new(database, new(database), new()))
            .Run(id, changed, stop: stop);
        foreach (var sentence in Lines(report)) await to.WriteLineAsync(speaker.Say(sentence));
        return 0;
    }

    /// <summary>A report in words: how many, what would have gone otherwise, who would have waited longer.</summary>
    internal static IEnumerable<Sentence> Lines(SimulationReport report) =>
    [
        Sentence.Of("policy.replay.count", ("n", report.Replayed), ("same", report.Same)),
        .. report.Differences.Select(found => Sentence.Of("policy.replay.line",
            ("n", found.Count), ("what", found.Kind.Sentence),
            ("examples", found.Examples.Select(example => example.Reference).ToValueList()))),
        .. report.Waits.Select(wait => wait.Sentence),
    ];

    private static Command Verb(
        string verb, string description, Argument<FileInfo>[] files, Func<ParseResult, TextWriter, int> work)
    {
        var command = new Command(verb, description) { Language };
        foreach (var file in files) command.Add(file);
        command.SetAction(given => work(given, given.InvocationConfiguration.Output));
        return command;
    }

    private static byte[] Read(ParseResult given, Argument<FileInfo> file) =>
        System.IO.File.ReadAllBytes(given.GetRequiredValue(file).FullName);

    private static Speaker Speaker(ParseResult given) =>
        WordBook.Load().For(given.GetRequiredValue(Language), DateTimeZone.Utc);
}

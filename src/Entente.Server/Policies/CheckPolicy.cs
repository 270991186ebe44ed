using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Words;

namespace Entente.Server.Policies;

/// <summary>
/// "entente policy check FILE": what is wrong with a document and on which line, or, where nothing is, the rules in
/// words as its readers will see them.
/// </summary>
public static class CheckPolicy
{
    /// <summary>0 where the document is complete, else 1.</summary>
    internal static int Run(ReadOnlySpan<byte> bytes, string language, TextWriter to)
    {
        var speaker = WordBook.Load().For(language, DateTimeZone.Utc);
        var document = PolicyDocument.Read(bytes);
        foreach (var problem in document.Problems)
            to.WriteLine(speaker.Say("policy.check.problem",
                ("line", problem.Line), ("key", problem.Key), ("problem", problem.Sentence)));
        if (document.Policy is not { } policy) return 1;
        foreach (var section in PolicyText.Of(policy))
        {
            to.WriteLine($"\n{speaker.Say(section.Heading)}");
            foreach (var line in section.Lines) to.WriteLine($"  {speaker.Say(line.Sentence)}");
        }
        return 0;
    }
}

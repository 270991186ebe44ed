using System.Text;
using Entente.Domain.Policies;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Server.Words;

namespace Entente.Tests.Policies;

public class PolicyDiffTests
{
    private static readonly Policy Standard = TestPolicy.Standard;

    [Fact]
    public void Nothing_differs_from_itself() =>
        Assert.Empty(PolicyDiff.Between(Standard, Standard with { Version = 2 }));

    [Fact]
    public void A_changed_number_is_one_change_with_before_and_after()
    {
        var change = Said(Changed("within: 3 days", "within: 5 days")).First(said => said.Before is not null);
        Assert.Equal("First answer", change.Heading);
        Assert.StartsWith("The other side has 3 days", change.Before);
        Assert.StartsWith("The other side has 5 days", change.After);
    }

    [Fact]
    public void What_comes_and_what_goes_is_told_too()
    {
        var gone = Said(Changed("longest: 7 days", "longest: none"));
        Assert.Contains(gone, change => change.After == "Terms are not prolonged by agreement.");
        Assert.Contains(gone, change => change.Before!.StartsWith("Both sides can agree", StringComparison.Ordinal)
            && change.After is null);
        var clause = Said(Changed("The seller proves that the parcel arrived.", "The buyer proves it."));
        Assert.Equal(("Clauses", "Proof of delivery (proof-of-delivery): The buyer proves it."),
            (clause.Single().Heading, clause.Single().After));
        Assert.Contains(Said(Changed("- for: {reason: not_received}", "- for: {reason: late}")),
            change => change.Heading == "What differs for “arrived late”" && change.Before is null);
    }

    [Theory]
    [InlineData("en", "- The other side has 3 days", "+ The other side has 5 days")]
    [InlineData("fr", "- L’autre partie a 3 jours", "+ L’autre partie a 5 jours")]
    public void The_command_line_says_it_in_a_language(string language, string before, string after)
    {
        using var text = new StringWriter();
        var speaker = WordBook.Load().For(language, DateTimeZone.Utc);
        Assert.Equal(
            0, PolicyCommands.Compare(TestPolicy.Bytes, Bytes("within: 3 days", "within: 5 days"), speaker, text));
        var said = text.ToString().Replace('\u00a0', ' ');
        Assert.Contains(before, said, StringComparison.Ordinal);
        Assert.Contains(after, said, StringComparison.Ordinal);
        Assert.Equal(1, PolicyCommands.Compare(TestPolicy.Bytes, Presets.Bytes("paypal"), speaker, text));
    }

    private static List<(string Heading, string? Before, string? After)> Said(Policy changed)
    {
        var speaker = WordBook.Load().For("en", DateTimeZone.Utc);
        return [.. PolicyDiff.Between(Standard, changed).Select(change => (
            speaker.Say(change.Heading),
            change.Before is { } before ? speaker.Say(before) : null,
            change.After is { } after ? speaker.Say(after) : null))];
    }

    private static Policy Changed(string from, string to) => PolicyDocument.Read(Bytes(from, to)).Policy!;

    private static byte[] Bytes(string from, string to)
    {
        var at = TestPolicy.Text.IndexOf(from, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(TestPolicy.Text[..at] + to + TestPolicy.Text[(at + from.Length)..]);
    }
}

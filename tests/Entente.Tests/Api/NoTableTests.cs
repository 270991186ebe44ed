using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Api;
using Entente.Server.Words;

namespace Entente.Tests.Api;

public sealed class NoTableTests
{
    [Fact]
    public void Every_no_has_a_status_that_says_no_and_a_sentence_in_every_language()
    {
        var book = WordBook.Load();
        foreach (var no in NoTable.All)
        {
            Assert.InRange(no.Status, 400, 599);
            Assert.All(book.Languages, language =>
            {
                Assert.True(book.Patterns(language).ContainsKey(no.Key), $"{language} has no {no.Key}.");
                Assert.True(book.Patterns(language).ContainsKey($"problem.title_{no.Status}"),
                    $"{language} has no title for {no.Status}.");
            });
        }
    }

    [Fact]
    public void No_code_means_two_things() =>
        Assert.Equal(
            Enum.GetValues<RefusalCode>().Length + Enum.GetValues<ProblemCode>().Length,
            NoTable.All.Select(no => no.Code).Distinct().Count());

    [Fact]
    public void The_document_is_fresh()
    {
        var file = Path.Combine(Repository.Root, "docs", "refusals.md");
        if (Environment.GetEnvironmentVariable("ENTENTE_GOLDEN") == "write")
            File.WriteAllText(file, NoTable.Markdown());
        Assert.Equal(NoTable.Markdown(), File.ReadAllText(file));
    }

    [Fact]
    public void A_refusal_names_its_field_its_rule_and_its_values()
    {
        var speaker = WordBook.Load().For("fr", DateTimeZone.Utc);
        var refusal = Refusal.Of(RefusalCode.AmountAboveRefundable, "sought[0].amount",
            ("max", new Money(1250, "EUR")));
        var problem = Problems.For(speaker, refusal);
        Assert.Equal(
            ("/problems/amount_above_refundable", 422, "sought[0].amount", "amount_above_refundable"),
            (problem.Type, problem.Status, problem.Field, problem.Rule));
        Assert.Contains("12,50\u00A0€", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(new Money(1250, "EUR"), problem.Arguments!["max"]);
    }
}

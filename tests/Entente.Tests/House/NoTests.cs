using Entente.Domain.Disputes;
using Entente.Server.Api;
using Entente.Server.Words;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.Tests.House;

/// <summary>What a new no needs before somebody may hear it.</summary>
public class NoTests
{
    /// <summary>Where all codes stand in a list: naming one there gives it to nobody.</summary>
    private static readonly string[] Lists =
        ["src/Entente.Domain/Disputes/Refusal.cs", "src/Entente.Server/Api/ProblemCode.cs"];

    private static IEnumerable<Enum> Codes() =>
        Enum.GetValues<RefusalCode>().Cast<Enum>().Concat(Enum.GetValues<ProblemCode>().Cast<Enum>());

    [Fact]
    public void Every_no_is_given_by_something()
    {
        var given = SourceTree.CSharp.Where(file => file.IsOfServer && !Lists.Contains(file.Path))
            .SelectMany(Named).ToHashSet();
        SourceTree.AssertNone(
            Codes().Select(Name).Where(name => !given.Contains(name)),
            "Nothing in src gives these; give them, or take them out before a release.");
    }

    [Fact]
    public void Every_no_is_reached_by_a_test()
    {
        var reached = SourceTree.CSharp.Where(IsATest).SelectMany(Reached).ToHashSet();
        SourceTree.AssertNone(
            Codes().Where(code => !reached.Contains(Name(code)) && !reached.Contains(Domain.Codes.Of(code)))
                .Select(Name),
            "No test asserts these. Write one that makes the centre say it: "
                + "Assert.Equal(RefusalCode.X, world.Refuses(...)), or its code in the data of a test of the API.");
    }

    [Fact]
    public void Every_no_has_a_status_and_its_sentence()
    {
        var book = WordBook.Load();
        SourceTree.AssertNone(
            from no in NoTable.All
            from missing in book.Languages.Where(language => !book.Patterns(language).ContainsKey(no.Key))
                .Select(language => $"no sentence {no.Key} in Words/{language}")
                .Concat(no.Status is >= 400 and < 600 ? [] : [$"status {no.Status}"])
            select $"{no.Code}: {missing}",
            "A no needs a status (Statuses in ProblemCode.cs) and a sentence in every language (Words/*/).");
    }

    [Fact]
    public void The_document_of_every_no_is_fresh() => Repository.IsFresh("docs/refusals.md", NoTable.Markdown());

    /// <summary>A class of tests; this house's own lists reach nothing.</summary>
    private static bool IsATest(SourceFile file) =>
        file.Path.StartsWith("tests/", StringComparison.Ordinal)
        && !file.Path.Contains("/House/", StringComparison.Ordinal)
        && file.Find<AttributeSyntax>().Any(mark => mark.Name.ToString() is "Fact" or "Theory");

    private static IEnumerable<string> Named(SourceFile file) => file.Find<MemberAccessExpressionSyntax>()
        .Select(access => access.ToString())
        .Where(access => access.Contains("RefusalCode.", StringComparison.Ordinal)
            || access.Contains("ProblemCode.", StringComparison.Ordinal))
        .Select(access => string.Join('.', access.Split('.')[^2..]));

    /// <summary>Codes by their name in C#, and the codes that programs read as literals of their own.</summary>
    private static IEnumerable<string> Reached(SourceFile file) => Named(file).Concat(
        file.Find<LiteralExpressionSyntax>()
            .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))
            .Select(literal => literal.Token.ValueText));

    private static string Name(Enum code) => $"{code.GetType().Name}.{code}";
}

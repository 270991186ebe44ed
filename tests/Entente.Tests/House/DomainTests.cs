using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.Tests.House;

/// <summary>STYLE.md 1: the core has no clock, no chance and no door to the world.</summary>
public class DomainTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "src", "Entente.Domain");

    [Fact]
    public void The_domain_references_nothing_but_time_zone_data()
    {
        var references = typeof(Entente.Domain.Money).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal));
        Assert.Equal(["NodaTime"], references);
    }

    [Fact]
    public void The_compiler_refuses_what_is_banned()
    {
        var project = XDocument.Load(Path.Combine(Folder, "Entente.Domain.csproj"));
        Assert.Contains(project.Descendants("PackageReference"),
            package => (string?)package.Attribute("Include") == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
        Assert.Contains(project.Descendants("AdditionalFiles"),
            file => (string?)file.Attribute("Include") == "BannedSymbols.txt");
        Assert.Equal(["NodaTime"], project.Descendants("PackageReference")
            .Where(package => (string?)package.Attribute("PrivateAssets") != "all")
            .Select(package => (string?)package.Attribute("Include")));
        Assert.Empty(project.Descendants("NoWarn"));
        var banned = File.ReadAllText(Path.Combine(Folder, "BannedSymbols.txt"));
        foreach (var symbol in new[]
                 {
                     "P:System.DateTime.Now", "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.UtcNow",
                     "T:System.TimeProvider", "T:NodaTime.SystemClock", "M:System.Guid.NewGuid", "T:System.Random",
                     "N:System.IO", "N:System.Net", "N:System.Threading.Tasks", "T:System.Environment",
                 })
            Assert.Contains(symbol + ";", banned);
    }

    [Fact]
    public void No_warning_is_silenced_in_the_domain() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        where file.IsOfDomain
        from line in file.Lines.Index()
        where line.Item.Contains("#pragma", StringComparison.Ordinal)
            || line.Item.Contains("SuppressMessage", StringComparison.Ordinal)
        select $"{file.Path}:{line.Index + 1}",
        "What the compiler says about the domain is mended, not silenced.");

    [Fact]
    public void Every_public_type_says_what_it_is_in_one_sentence() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        where file.IsOfDomain
        from type in file.Find<MemberDeclarationSyntax>()
        where type is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax
        where type.Modifiers.Any(SyntaxKind.PublicKeyword)
        let summary = SummaryOf(type)
        where summary is null || summary.Length < 10 || !summary.EndsWith('.')
        select $"{file.At(type)}: {summary ?? "nothing"}",
        "A public type of the domain has a <summary>: one sentence, what it is in a dispute, ending with a full stop.");

    /// <summary>The sentence above a declaration, on one line; null where there is none.</summary>
    internal static string? SummaryOf(MemberDeclarationSyntax member)
    {
        var comment = string.Concat(member.GetLeadingTrivia().Where(trivia =>
            trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)).Select(trivia => trivia.ToFullString()));
        var (from, to) = (comment.IndexOf("<summary>", StringComparison.Ordinal),
            comment.IndexOf("</summary>", StringComparison.Ordinal));
        if (from < 0 || to < 0) return null;
        var words = comment[(from + "<summary>".Length)..to].Replace("///", " ", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.Tests.House;

/// <summary>STYLE.md 2: a file is a thought, a method fits on a page, a class needs few others.</summary>
public class SizeTests
{
    private const int FileLinesMax = 250;
    private const int MethodLinesMax = 40;
    private const int ColumnsMax = 120;
    private const int DependenciesMax = 5;

    /// <summary>Lists by nature: split, they would be harder to read. Each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["src/Entente.Server/Web/entente.css"] = "one sheet, read in the order of its cascade",
    };

    [Fact]
    public void A_file_is_a_thought() => SourceTree.AssertNone(
        SourceTree.All
            .Where(file => file.Lines.Length > FileLinesMax && !LongFiles.ContainsKey(file.Path))
            .Select(file => $"{file.Path}: {file.Lines.Length} lines"),
        $"A file has at most {FileLinesMax} lines. Move a thought into a file of its own (a partial type by chapter).");

    [Fact]
    public void Every_exception_is_still_needed() => SourceTree.AssertNone(
        LongFiles.Keys.Where(path =>
            SourceTree.All.FirstOrDefault(file => file.Path == path) is not { Lines.Length: > FileLinesMax }),
        "These are no longer too long; take them out of SizeTests.LongFiles.");

    [Fact]
    public void A_line_fits_beside_another() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        from line in file.Lines.Index()
        where line.Item.Length > ColumnsMax
        select $"{file.Path}:{line.Index + 1}: {line.Item.Length} columns",
        $"A line of C# has at most {ColumnsMax} columns. (Markup in .razor may keep a tag on its line: a break inside "
            + "would be white space on the page.)");

    [Fact]
    public void A_method_fits_on_a_page() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        from body in file.Find<SyntaxNode>().Where(IsBody)
        let lines = LinesOf(body)
        where lines > MethodLinesMax
        select $"{file.At(body)}: {NameOf(body)} has {lines} lines",
        $"A method has at most {MethodLinesMax} lines. Give a part of it a name.");

    [Fact]
    public void A_class_needs_at_most_five_others() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        where file.IsOfServer && !file.IsOfDomain // What is pure takes values.
        from type in file.Find<ClassDeclarationSyntax>()
        let most = Parameters(type).DefaultIfEmpty(0).Max()
        where most > DependenciesMax
        select $"{file.At(type)}: {type.Identifier} asks for {most}",
        $"A constructor asks for at most {DependenciesMax} others. What belongs together may come as one.");

    private static IEnumerable<int> Parameters(ClassDeclarationSyntax type) => type.Members
        .OfType<ConstructorDeclarationSyntax>().Select(made => made.ParameterList.Parameters.Count)
        .Append(type.ParameterList?.Parameters.Count ?? 0);

    /// <summary>Without attributes, which hold a theory's data; an expression
    /// that is one list or table is data too.</summary>
    private static int LinesOf(SyntaxNode body) => body.ChildNodes()
        .Where(part =>
            part is BlockSyntax || part is ArrowExpressionClauseSyntax { Expression: { } one } && !IsList(one))
        .Sum(part => part.ToString().Split('\n').Length);

    /// <summary>A collection, or a switch with about a line for each of its arms.</summary>
    private static bool IsList(ExpressionSyntax body) => body is CollectionExpressionSyntax
        || body is SwitchExpressionSyntax table && body.ToString().Split('\n').Length <= table.Arms.Count + 8;

    private static bool IsBody(SyntaxNode node) => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax
        or AccessorDeclarationSyntax;

    private static string NameOf(SyntaxNode body) => body switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        _ => body.Kind().ToString(),
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.Tests.House;

/// <summary>A file of code, by its path from the root of the repository.</summary>
public sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<CompilationUnitSyntax> _unit = new(() =>
        CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot());

    public string[] Lines => Text.TrimEnd('\n').Split('\n');
    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);
    public bool IsOfServer => Path.StartsWith("src/", StringComparison.Ordinal);
    public bool IsOfDomain => Path.StartsWith("src/Entente.Domain/", StringComparison.Ordinal);

    public IEnumerable<T> Find<T>() where T : SyntaxNode => _unit.Value.DescendantNodes().OfType<T>();

    public string At(SyntaxNode node) => $"{Path}:{LineOf(node) + 1}";

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line;
}

/// <summary>The code of this repository as it lies in the working tree.</summary>
public static class SourceTree
{
    private static readonly string[] Kinds = [".cs", ".razor", ".js", ".css"];
    private static readonly string[] Built = ["bin", "obj", "artifacts", "data", "node_modules"];

    public static IReadOnlyList<SourceFile> All { get; } =
        [.. Under("src").Concat(Under("tests")).Concat(Under("bench"))];

    public static IEnumerable<SourceFile> CSharp => All.Where(file => file.IsCSharp);

    /// <summary>Says all that is wrong at once, and what to do about it.</summary>
    public static void AssertNone(IEnumerable<string> wrong, string remedy)
    {
        var list = wrong.ToList();
        Assert.True(list.Count == 0, $"{remedy}\n  {string.Join("\n  ", list)}");
    }

    private static IEnumerable<SourceFile> Under(string folder) =>
        new DirectoryInfo(System.IO.Path.Combine(Repository.Root, folder))
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => Kinds.Contains(file.Extension))
            .Select(file => (file, path: System.IO.Path.GetRelativePath(Repository.Root, file.FullName)))
            .Where(found => !found.path.Split(System.IO.Path.DirectorySeparatorChar).Any(Built.Contains))
            .Select(found => new SourceFile(
                found.path.Replace(System.IO.Path.DirectorySeparatorChar, '/'), File.ReadAllText(found.file.FullName)));
}

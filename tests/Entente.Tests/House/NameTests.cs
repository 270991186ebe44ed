using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.Tests.House;

/// <summary>STYLE.md 7 and 10: names of the field, and nothing that is only meant to be done.</summary>
public partial class NameTests
{
    private static readonly string[] Empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Base"];

    [Fact]
    public void A_type_is_named_for_what_it_is() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        from type in file.Find<BaseTypeDeclarationSyntax>()
        where Empty.Any(word => type.Identifier.Text.EndsWith(word, StringComparison.Ordinal))
        select $"{file.At(type)}: {type.Identifier}",
        $"A type is named for what it is in the field; these endings say nothing: {string.Join(", ", Empty)}.");

    [Fact]
    public void An_interface_has_more_than_one_kind_behind_it()
    {
        var types = SourceTree.CSharp.Where(file => file.IsOfServer)
            .SelectMany(file => file.Find<TypeDeclarationSyntax>()).ToList();
        SourceTree.AssertNone(
            from kind in types.OfType<InterfaceDeclarationSyntax>()
            where types.Count(type => type.BaseList?.Types.Any(basis =>
                basis.Type.ToString().Split('<')[0] == kind.Identifier.Text) == true) < 2
            select kind.Identifier.Text,
            "An interface with one implementation is the implementation: use the class.");
    }

    [Fact]
    public void Nothing_is_left_for_later() => SourceTree.AssertNone(
        from file in SourceTree.All
        from line in file.Lines.Index()
        where Later().IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}",
        "Do it, or file it as an issue: the code holds no notes about what is missing.");

    [Fact]
    public void The_time_is_given_never_taken() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        from access in file.Find<MemberAccessExpressionSyntax>()
        where Clock().IsMatch(access.ToString()) && (file.IsOfServer || access.Name.Identifier.Text == "Now")
        select $"{file.At(access)}: {access}",
        "The time comes from a TimeProvider (at the edge) or as a value (in the domain).");

    [GeneratedRegex(@"\b(TO" + "DO|FIX" + @"ME|HA" + @"CK)\b")]
    private static partial Regex Later();

    [GeneratedRegex(@"^(System\.)?DateTime(Offset)?\.(Utc)?(Now|Today)$")]
    private static partial Regex Clock();
}

using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Entente.Server.Words;

namespace Entente.Tests.Words;

public partial class SaidKeysTests
{
    [Fact]
    public void Whatever_the_code_says_is_in_the_word_lists()
    {
        var keys = WordBook.Load().Patterns("en").Keys.ToHashSet();
        var missing = from file in Sources()
                      from Match said in Said().Matches(File.ReadAllText(file))
                      let key = said.Groups["key"].Value
                      let isWhole = said.Groups["end"].Value == "\""
                      where isWhole
                          ? !keys.Contains(key)
                          : !keys.Any(known => known.StartsWith(key, StringComparison.Ordinal))
                      select $"{Path.GetFileName(file)}: {key}";
        Assert.Empty(missing);
    }

    [Fact]
    public void The_search_finds_what_is_said() => Assert.True(Sources()
        .Sum(file => Said().Count(File.ReadAllText(file))) > 50);

    private static IEnumerable<string> Sources([CallerFilePath] string here = "")
    {
        var root = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src");
        return Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(file =>
                Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("/obj/", StringComparison.Ordinal));
    }

    /// <summary>A key given as a literal, whole or as the beginning of one that is put together.</summary>
    [GeneratedRegex(
        """\b(?:Say|Sentence\.Of|new Sentence)\((?:\$)?"(?<key>[a-z][a-z0-9_]*\.[a-z0-9_.]*)(?<end>"|\{)""")]
    private static partial Regex Said();
}

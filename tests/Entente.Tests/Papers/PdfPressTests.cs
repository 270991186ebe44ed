using System.Diagnostics;
using System.Text;
using Entente.Server;
using Entente.Server.Papers.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Tests.Papers;

/// <summary>Files of paper, read back by programs that are not ours.</summary>
public sealed class PdfPressTests : IDisposable
{
    private const string Chinese = "商品收到时已经损坏，包装盒被压扁，杯子碎成三块。";
    private const string Arabic = "وصل الطرد مفتوحًا ودفعت 42 يورو.";
    private readonly FontShelf _fonts = new(
        new Settings { DataFolder = "", Address = new("http://x"), BaseAddress = new("http://x"), MailFrom = "" },
        NullLogger<FontShelf>.Instance);

    [Fact]
    public void Text_in_three_scripts_can_be_selected_and_the_fonts_are_in_the_file()
    {
        var bytes = Press("Le colis était déjà ouvert – 1 234,50 €", Chinese, Arabic).Bytes;
        var text = Read("pdftotext", bytes, "-raw", "-enc", "UTF-8").Replace("\n", "", StringComparison.Ordinal);
        Assert.Contains("Le colis était déjà ouvert", text, StringComparison.Ordinal);
        Assert.Contains(Chinese, text, StringComparison.Ordinal);
        Assert.Contains("42", text, StringComparison.Ordinal);
        Assert.DoesNotContain("24", text, StringComparison.Ordinal);
        Assert.Contains("الطرد", text.Normalize(NormalizationForm.FormKC), StringComparison.Ordinal);
        var fonts = Read("pdffonts", bytes).Split('\n')[2..].Where(line => line.Length > 0).ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, line => Assert.Matches(@"\s(yes)\s+(yes|no)\s+(yes)\s", line));
    }

    [Fact]
    public void The_same_document_gives_the_same_bytes() =>
        Assert.Equal(Press("Une fois", Chinese, Arabic).Bytes, Press("Une fois", Chinese, Arabic).Bytes);

    [Fact]
    public void A_long_document_has_as_many_pages_as_it_says()
    {
        var pressed = Press([.. Enumerable.Range(1, 400).Select(no => $"Ligne {no}")]);
        Assert.InRange(pressed.Pages, 8, 14);
        Assert.Contains($"Pages:           {pressed.Pages}", Read("pdfinfo", pressed.Bytes), StringComparison.Ordinal);
        var text = Read("pdftotext", pressed.Bytes);
        Assert.Contains($"1/{pressed.Pages}", text, StringComparison.Ordinal);
        Assert.Contains("Ligne 400", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_font_has_is_said_to_stand_as_boxes()
    {
        Assert.Contains("boxes", Read("pdftotext", Press("\uE000").Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("boxes", Read("pdftotext", Press("plain").Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_longer_than_a_line_is_cut_and_hidden_turns_of_direction_are_taken_out()
    {
        var text = Read("pdftotext", Press(new string('a', 500), "photo\u202Egnp.exe").Bytes);
        Assert.Equal(500, text.Count(letter => letter == 'a') - "paper".Count(letter => letter == 'a'));
        Assert.Contains("photognp.exe", text, StringComparison.Ordinal);
    }

    public void Dispose() => _fonts.Dispose();

    private Pressed Press(params string[] paragraphs) => new PdfPress(_fonts).Press(
        new("Title", "en", "ltr", "House", "Mark", "Foot", Given.Start, [.. paragraphs.Select(text => new Prose(text))])
        {
            PageOf = (page, pages) => $"{page}/{pages}", Gaps = "boxes",
        });

    /// <summary>What a tool of poppler's says of a file.</summary>
    internal static string Read(string tool, byte[] pdf, params string[] options)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.pdf");
        File.WriteAllBytes(path, pdf);
        string[] target = tool == "pdftotext" ? [path, "-"] : [path];
        var start = new ProcessStartInfo(tool, [.. options, .. target])
        {
            RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        File.Delete(path);
        return said;
    }
}

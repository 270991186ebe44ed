using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Entente.Server.Web;
using Entente.Tests.Browser;

namespace Entente.Tests.Web;

public sealed partial class FrameTests(GalleryServer gallery) : IClassFixture<GalleryServer>
{
    /// <summary>What a first visit may weigh in all, compressed.</summary>
    private const int FirstLoadBytesMax = 60_000;

    private readonly HttpClient _client = new() { BaseAddress = new(gallery.Address) };

    [Fact]
    public async Task Accents_stand_in_the_page_as_themselves()
    {
        var page = await Page("/_gallery");
        Assert.Contains("Règlement des litiges", page, StringComparison.Ordinal);
        Assert.Contains("« Grand Tour »", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("&#x(C|D|E|F).;", page);
    }

    [Fact]
    public async Task A_page_holds_no_style_and_no_script_of_its_own_and_asks_no_other_host()
    {
        var page = await Page("/_gallery?wrong=true");
        Assert.DoesNotMatch(Inline(), page);
        Assert.DoesNotMatch(@"(src|href|action)=""(https?:)?//", page);
    }

    [Fact]
    public async Task The_reader_is_spoken_to_in_the_language_of_their_browser_or_choice()
    {
        Assert.Contains("<html lang=\"fr\" dir=\"ltr\">", await Page("/_gallery", "fr-CA,fr;q=0.9,en;q=0.8"),
            StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", await Page("/_gallery", "de,en;q=0.5"),
            StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", await Page("/_gallery", "fr", "entente-language=en"),
            StringComparison.Ordinal);
        Assert.Contains("<html lang=\"fr\" dir=\"ltr\">", await Page("/_gallery", "fr", "entente-language=../../x"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_visit_weighs_little()
    {
        var page = await Page("/_gallery");
        var files = AssetAddress().Matches(page).Select(match => match.Value).Distinct().Append("/_gallery").ToList();
        Assert.Equal(4, files.Count);
        var bytes = 0L;
        foreach (var file in files) bytes += (await Packed(file)).Length;
        Assert.InRange(bytes, 1, FirstLoadBytesMax);
    }

    [Fact]
    public async Task A_file_is_kept_for_good_and_found_unchanged_by_its_tag()
    {
        var address = AssetAddress().Match(await Page("/_gallery")).Value;
        using var first = await _client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Contains("immutable", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await _client.SendAsync(again)).StatusCode);
        using var unpacked = new StreamReader(
            new BrotliStream(new MemoryStream(await Packed(address)), CompressionMode.Decompress));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await unpacked.ReadToEndAsync());
    }

    [Theory]
    [InlineData("/disputes/x?tab=2", true)]
    [InlineData("//elsewhere.example", false)]
    [InlineData("/\\elsewhere.example", false)]
    [InlineData("https://elsewhere.example", false)]
    [InlineData("/\t/elsewhere.example", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_a_path_of_ours_is_led_to(string? address, bool ours) =>
        Assert.Equal(ours, Entente.Server.Web.Page.IsOurs(address));

    [Fact]
    public void A_fields_id_can_be_named_by_a_style_sheet() =>
        Assert.Equal("f-lines-0--amount", FormState.IdOf("lines[0].amount"));

    private async Task<string> Page(string address, string language = "fr", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Language", language);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        using var answer = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<byte[]> Packed(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Encoding", "br");
        using var answer = await _client.SendAsync(request);
        Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
        return await answer.Content.ReadAsByteArrayAsync();
    }

    [GeneratedRegex("<style|\\sstyle=|<script(?![^>]*src=)|\\son[a-z]+=|javascript:")]
    private static partial Regex Inline();

    [GeneratedRegex("/assets/[a-z]+\\.[0-9a-f]+\\.[a-z]+")]
    private static partial Regex AssetAddress();
}

using System.Text;
using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Papers;
using Entente.Server.Papers.Kit;
using Entente.Server.Storage;

namespace Entente.Server.Bundles;

/// <summary>
/// Puts a dispute into one file that proves itself, for one reader: the chains of the audiences they belong to, whole;
/// the texts that open the commitments in them; exhibits and documents; all of it signed. Of everything else nothing.
/// </summary>
public sealed class Bundler(
    ReadableFacts facts, ExhibitFiles exhibits, SigningKeys keys, PdfPress press, Database database)
{
    public async Task<Bundle> Of(Dossier dossier, string verifyText, CancellationToken stop = default)
    {
        var (view, signer) = (dossier.View, await keys.InUse(stop));
        var read = await facts.Of(view, dossier.Heads, stop);
        var texts = Needed(read, await facts.Texts(view.Id, stop));
        var shown = new List<(ManifestExhibit Entry, BundleFile? File)>();
        foreach (var exhibit in view.Exhibits) shown.Add(await Exhibit(view, exhibit, stop));
        List<BundleFile> files =
        [
            BundleFile.Of("VERIFY.txt", Encoding.UTF8.GetBytes(verifyText)),
            .. Documents(dossier),
            .. Decisions(view, read, texts, signer),
            .. dossier.Heads.SelectMany(head => ChainFiles(Codes.Of(head.Audience), read)),
            BundleFile.Of("texts.json", JsonSerializer.SerializeToUtf8Bytes(texts.Values, Manifest.Json)),
            .. shown.Select(found => found.File).OfType<BundleFile>(),
        ];
        var manifest = ManifestOf(dossier, signer.Key, shown.Select(found => found.Entry), files);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, Manifest.Json);
        var signature = Encoding.ASCII.GetBytes(signer.Sign(bytes));
        return new(
        [
            BundleFile.Of(Manifest.FileName, bytes), BundleFile.Of(Manifest.SignatureName, signature),
            .. files,
        ]);
    }

    private Manifest ManifestOf(
        Dossier dossier, SigningKey key, IEnumerable<ManifestExhibit> shown, List<BundleFile> files) => new(
        Manifest.FormatName, dossier.View.Id.ToString(), dossier.View.Reference, dossier.House,
        Codes.Of(dossier.View.Viewer.Role), dossier.Speaker.Language, Micros.Of(database.Now()),
        [.. dossier.Heads.Select(head => new ManifestChain(Codes.Of(head.Audience), head.N, head.Link))],
        [.. shown],
        [.. files.Select(file => new ManifestFile(file.Path, file.Bytes, file.Sha256))],
        new("EC", "P-256", key.X, key.Y, key.Kid));

    /// <summary>The texts that the facts at hand commit to, in the facts' order.</summary>
    private static OrderedDictionary<string, BundleText> Needed(
        IReadOnlyList<ReadableFact> read, IReadOnlyDictionary<string, BundleText> known)
    {
        var needed = new OrderedDictionary<string, BundleText>();
        foreach (var commitment in read.SelectMany(fact => Commitments.In(fact.Bytes)))
            if (known.GetValueOrDefault(commitment) is { } text) needed.TryAdd(commitment, text);
        return needed;
    }

    private IEnumerable<BundleFile> Documents(Dossier dossier)
    {
        foreach (var name in Papers.Documents.Of(dossier.View))
        {
            var paper = Papers.Documents.Write(dossier, name)!;
            yield return BundleFile.Of(name + Papers.Documents.Pdf, press.Press(paper).Bytes);
            yield return BundleFile.Of(name + Papers.Documents.Html, HtmlPress.Press(paper));
        }
    }

    private static IEnumerable<BundleFile> Decisions(
        DisputeView view, IReadOnlyList<ReadableFact> read, OrderedDictionary<string, BundleText> texts, Signer signer)
    {
        foreach (var fact in read.Where(fact => fact.Kind == "decided"))
        {
            var before = read.FirstOrDefault(found => found.Audience == fact.Audience && found.N == fact.N - 1);
            var decision = new BundleDecision(
                BundleDecision.FormatName, view.Id.ToString(), fact.Audience, fact.N,
                Convert.ToHexStringLower(before?.Link ?? []), Convert.ToHexStringLower(fact.Link),
                Encoding.UTF8.GetString(fact.Bytes),
                [.. Commitments.In(fact.Bytes).Distinct().Where(texts.ContainsKey).Select(found => texts[found])]);
            var bytes = JsonSerializer.SerializeToUtf8Bytes(decision, Manifest.Json);
            yield return BundleFile.Of(PathOf(fact.Audience, fact.N, "json"), bytes);
            var signature = Encoding.ASCII.GetBytes(signer.Sign(bytes));
            yield return BundleFile.Of(PathOf(fact.Audience, fact.N, "sig"), signature);
        }
    }

    internal static string PathOf(string audience, int n, string ending) => FormattableString.Invariant(
        $"decisions/{audience}-{n}.{ending}");

    private static IEnumerable<BundleFile> ChainFiles(string audience, IReadOnlyList<ReadableFact> read)
    {
        using var bytes = new MemoryStream();
        var links = new StringBuilder();
        foreach (var fact in read.Where(fact => fact.Audience == audience))
        {
            bytes.Write(fact.Bytes);
            bytes.WriteByte((byte)'\n');
            links.Append(Convert.ToHexStringLower(fact.Link)).Append('\n');
        }
        yield return BundleFile.Of($"chains/{audience}.facts", bytes.ToArray());
        yield return BundleFile.Of($"chains/{audience}.links", Encoding.ASCII.GetBytes(links.ToString()));
    }

    private async Task<(ManifestExhibit Entry, BundleFile? File)> Exhibit(
        DisputeView view, ExhibitView exhibit, CancellationToken stop)
    {
        var n = view.Timeline.First(entry => entry.Exhibit == exhibit.Id && entry.Type == "evidence_added").N;
        var audience = Codes.Of(exhibit.Series);
        return await exhibits.Of(view, exhibit, stop) is var (file, isOriginal)
            ? (new(audience, n, file.Path, isOriginal), file)
            : (new(audience, n), null);
    }
}

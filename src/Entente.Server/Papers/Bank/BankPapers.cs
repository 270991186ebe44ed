using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Papers.Kit;
using Entente.Server.Storage;

namespace Entente.Server.Papers.Bank;

/// <summary>
/// What a dispute's reader sends to a bank: a letter, and for each scheme a pack of evidence. Both are written from
/// what both sides read, whoever asks for them.
/// </summary>
public sealed class BankPapers(
    DisputeStore store, ChainHeads heads, ExhibitPictures pictures, PdfPress press, PackPress packs)
{
    public const string Letter = "bank-letter";
    public const string PackPrefix = "pack-";

    /// <summary>The packs' names; they come as PDF alone.</summary>
    public static IEnumerable<string> Packs => Scheme.All.Select(scheme => PackPrefix + scheme.Id);

    /// <summary>Null where there is no such document.</summary>
    public async Task<byte[]?> Write(Dossier dossier, string name, bool isPdf, CancellationToken stop = default)
    {
        if (name == Letter)
        {
            var letter = BankLetter.Of(await Open(dossier, stop));
            return isPdf ? press.Press(letter).Bytes : HtmlPress.Press(letter);
        }
        if (!isPdf || !name.StartsWith(PackPrefix, StringComparison.Ordinal)
            || Scheme.Find(name[PackPrefix.Length..]) is not { } scheme) return null;
        return (await Pack(dossier, scheme, stop)).Bytes;
    }

    internal async Task<Pressed> Pack(Dossier dossier, Scheme scheme, CancellationToken stop = default)
    {
        var open = await Open(dossier, stop);
        var shown = await pictures.Of(open, stop);
        return await packs.Press(new EvidencePack(open, scheme, shown), scheme, shown, stop);
    }

    /// <summary>The same dossier as somebody has it who reads nothing that was said in private.</summary>
    internal async Task<Dossier> Open(Dossier dossier, CancellationToken stop)
    {
        var (id, viewer) = (dossier.View.Id, Viewer.Key(dossier.View.Viewer.Marketplace));
        var facts = await store.History(id, stop);
        var dispute = facts.Aggregate(Dispute.Nothing(id), (standing, fact) => standing.After(fact));
        var view = DisputeView.For(
            dispute, facts, await store.Texts(id, stop), viewer, store.Now(dispute), dossier.File.Policy)
            ?? throw new InvalidOperationException("What a reader has before them exists for its marketplace.");
        return dossier with { File = dossier.File with { View = view }, Heads = await heads.Of(view, stop) };
    }
}

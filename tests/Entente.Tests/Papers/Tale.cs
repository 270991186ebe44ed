using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Web;

namespace Entente.Tests.Papers;

/// <summary>A dispute with all a document can speak of: three scripts, private texts, files, a decision.</summary>
internal static class Tale
{
    public const string Chinese = "商品收到时已经损坏，包装盒被压扁，杯子碎成三块。";
    public const string Arabic = "وصل الطرد مفتوحًا، ودفعت 42 يورو مقابل الكوب.";
    public const string BuyersSecret = "Le vendeur m’a téléphoné deux fois hier soir.";
    public const string SellersSecret = "Ce client a déjà fait la même chose ailleurs.";
    public const string StaffSecret = "Vérifier avec le transporteur avant de décider.";

    /// <summary>In review, with both sides' evidence time given up.</summary>
    /// <param name="withSecrets">Whether there is anything that the buyer may not see.</param>
    public static async Task<DisputeId> Examined(Fair fair, bool withSecrets = true)
    {
        var dispute = await fair.Dispute(everything: true);
        await fair.Say(dispute, Role.Buyer, Chinese, "zh");
        await fair.Say(dispute, Role.Seller, Arabic, "ar");
        await fair.Say(dispute, Role.Buyer, BuyersSecret, "fr", Audience.BuyerAndPlatform);
        if (withSecrets) await fair.Say(dispute, Role.Seller, SellersSecret, "fr", Audience.SellerAndPlatform);
        await fair.Ask(dispute, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(dispute, Role.Buyer, new FileComplaint(fair.Text("Je demande une décision.", Role.Buyer)));
        await fair.Show(dispute, Role.Buyer, "tasse.png", Picture(1));
        await fair.Show(dispute, Role.Seller, "emballage.png", Picture(2));
        if (withSecrets) await fair.Show(dispute, Role.Seller, "secret.png", Picture(3), "Contient une adresse");
        await fair.Ask(dispute, Role.Operator, new Assign(fair.Cast.Examiner1, false));
        if (withSecrets) await fair.Say(dispute, Role.Examiner, StaffSecret, "fr", Audience.Staff);
        foreach (var side in new[] { Role.Buyer, Role.Seller })
        {
            var term = (await fair.Standing(dispute)).TermOf(TermKind.Evidence, side)!;
            await fair.Ask(dispute, side, new WaiveTerm(term.Id));
        }
        return dispute;
    }

    /// <summary>Decided for the buyer in part.</summary>
    public static async Task<DisputeId> Decided(Fair fair, bool withSecrets = true)
    {
        var dispute = await Examined(fair, withSecrets);
        await fair.Ask(dispute, Role.Examiner, new DecideDispute(
            [
                new([By(fair, "La tasse est-elle arrivée en morceaux ?")], FindingAnswer.ForBuyer, "as-described", [1]),
            ],
            [new(2, SetAsideWhy.NotRelevant)],
            [new(RemedyKind.PartialRefund, [new(1, 2)], 2900), new(RemedyKind.None, [new(2, 1)], null)],
            [By(fair, "La photo n° 1 montre la tasse en morceaux.\nLe vendeur ne le conteste pas.")]));
        return dispute;
    }

    /// <summary>A small picture of its own.</summary>
    public static byte[] Picture(int no, int side = 64)
    {
        using var bitmap = new SkiaSharp.SKBitmap(side, side * 3 / 4);
        using var canvas = new SkiaSharp.SKCanvas(bitmap);
        canvas.Clear(new SkiaSharp.SKColor((byte)(40 * no), 90, (byte)(255 - 30 * no)));
        return bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 90).ToArray();
    }

    public static Task Say(
        this Fair fair, DisputeId dispute, Role by, string text, string language = "fr", Audience to = Audience.All) =>
        fair.Ask(dispute, by, new PostMessage(to, fair.Text(text, by) with { Language = language }));

    public static async Task Show(
        this Fair fair, DisputeId dispute, Role by, string name, byte[] file, string? sealedBecause = null)
    {
        var rules = (await fair.Server.Get<PolicyShelf>().Current(fair.Cast.Marketplace))!.Evidence;
        var kept = await fair.Server.Get<EvidenceLocker>().Keep(new(dispute, new MemoryStream(file)), rules);
        Assert.Null(kept.Refusal);
        await fair.Ask(dispute, by, new AddEvidence(
            kept.Exhibit, ExhibitKind.Photo, fair.Text($"Photo : {name}", by),
            fair.Text(name, by) with { Language = "und" }, fair.Text(kept.Digest, by) with { Language = "und" },
            kept.MediaType, kept.Bytes,
            sealedBecause is null ? null : fair.Text(sealedBecause, by)));
    }

    private static PersonalText By(Fair fair, string text) =>
        fair.Text(text, Role.Examiner) with { Owner = PersonalText.Platform };
}

using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>« Gestion des litiges », as each side finds it.</summary>
public sealed class DisputeListTests
{
    [Fact]
    public async Task What_waits_for_me_and_what_waits_for_others_stand_apart()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (buyer, seller) = (await fair.Buyer(), await fair.Seller());
        Assert.Contains(dispute.Reference, await seller.Read("/disputes"), StringComparison.Ordinal);
        Assert.DoesNotContain(dispute.Reference, await buyer.Read("/disputes"), StringComparison.Ordinal);
        Assert.Contains(dispute.Reference, await buyer.Read("/disputes?show=waits_for_others"),
            StringComparison.Ordinal);
        await fair.Ask(dispute, Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null));
        Assert.Contains(dispute.Reference, await seller.Read("/disputes?show=closed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_handed_in_their_confidential_amount_is_not_waited_for()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await fair.Dispute();
        var (buyer, seller) = (await fair.Buyer(), await fair.Seller());
        await fair.Ask(dispute, Role.Seller, new PostMessage(Audience.All, fair.Text("Essayons ainsi.", Role.Seller)));
        await fair.Ask(dispute, Role.Seller, new OpenBidRound());
        Assert.Contains(dispute.Reference, await buyer.Read("/disputes"), StringComparison.Ordinal);
        var before = Stable(await seller.Read("/disputes?show=waits_for_others"));
        await fair.Ask(dispute, Role.Buyer,
            new PlaceBlindBid(1, fair.Text("810", Role.Buyer) with { Language = "und" }));
        Assert.DoesNotContain(dispute.Reference, await buyer.Read("/disputes"), StringComparison.Ordinal);
        Assert.Contains("Le vendeur : montant confidentiel",
            WebUtility.HtmlDecode(await buyer.Read("/disputes?show=waits_for_others")).Replace('\u00a0', ' '),
            StringComparison.Ordinal);
        Assert.Equal(before, Stable(await seller.Read("/disputes?show=waits_for_others")));
    }

    /// <summary>A page without the tokens of its forms, which differ each time.</summary>
    private static string Stable(string page) =>
        System.Text.RegularExpressions.Regex.Replace(page, "name=\"form_token\" value=\"[^\"]*\"", "");

    [Fact]
    public async Task A_whole_reference_or_order_number_leads_to_the_dispute()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var buyer = await fair.Buyer();
        foreach (var words in new[] { dispute.Reference, fair.Order.ExternalId })
        {
            using var found = await buyer.Fetch($"/disputes?q={words}");
            Assert.Equal((HttpStatusCode.SeeOther, $"/disputes/{dispute}"),
                (found.StatusCode, found.Headers.Location!.ToString()));
        }
        Assert.Contains("Nothing found", await buyer.Read("/disputes?q=none"), StringComparison.Ordinal);
        Assert.Contains("Nothing found", await (await fair.Server.SignedIn(fair.Cast.Buyer2))
            .Read($"/disputes?q={dispute.Reference}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_list_says_what_to_do()
    {
        await using var fair = await Fair.Open();
        Assert.Contains("Open a dispute", await (await fair.Buyer()).Read("/disputes"), StringComparison.Ordinal);
        Assert.Contains("When a buyer opens a dispute", await (await fair.Seller()).Read("/disputes"),
            StringComparison.Ordinal);
    }
}

using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

public sealed partial class DisputePageTests
{
    [Fact]
    public async Task Each_side_reads_its_dispute_and_nobody_else_does()
    {
        await using var fair = await Fair.Open();
        var address = $"/disputes/{await fair.Dispute()}";
        foreach (var person in new[] { fair.Cast.Buyer1, fair.Cast.Seller1 })
        {
            using var page = await (await fair.Server.SignedIn(person)).Fetch(address);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Contains("Le colis est arrivé ouvert", await page.Content.ReadAsStringAsync(),
                StringComparison.Ordinal);
        }
        foreach (var person in new[] { fair.Cast.Buyer2, fair.Cast.Seller2 })
        {
            var client = await fair.Server.SignedIn(person);
            using var foreign = await client.Fetch(address);
            using var none = await client.Fetch($"/disputes/{new string('0', 48)}");
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, none.StatusCode));
            Assert.Equal(await Masked(none), await Masked(foreign));
        }
    }

    [Fact]
    public async Task Beside_an_offer_to_answer_the_time_for_evidence_can_still_be_given_up()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        await fair.Ask(dispute, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(dispute, Role.Seller, new MakeOffer(
            [new(RemedyKind.PartialRefund, [new(1, 1)], 500)], null));
        var standing = await fair.Ask(dispute, Role.Buyer, new FileComplaint(null));
        var page = await (await fair.Buyer()).Read($"/disputes/{dispute}");
        Assert.Contains($"/offers/2/acceptance\"", page, StringComparison.Ordinal);
        Assert.Contains(
            $"/terms/{standing.TermOf(TermKind.Evidence, Role.Buyer)!.Id}/waiver\"", page, StringComparison.Ordinal);
    }

    /// <summary>Without the token, which is new at every showing.</summary>
    private static async Task<string> Masked(HttpResponseMessage page) =>
        Hidden().Replace(await page.Content.ReadAsStringAsync(), "");

    [System.Text.RegularExpressions.GeneratedRegex("<input type=\"hidden\"[^>]*>")]
    private static partial System.Text.RegularExpressions.Regex Hidden();
}

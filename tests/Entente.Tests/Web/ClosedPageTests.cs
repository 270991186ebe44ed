using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>The page of a dispute that is over speaks of nothing that would still be going on.</summary>
public sealed class ClosedPageTests
{
    /// <summary>Each stands on the page of the open dispute, so that its absence later says something.</summary>
    private static readonly string[] OfAnOpenDispute =
        ["Aussi en cours", "/extensions/1/", "Tour 1 de montants confidentiels", "checklist", "Prolonger un délai"];

    [Fact]
    public async Task Nothing_is_going_on_asked_for_or_missing_once_a_dispute_is_closed()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await fair.Dispute();
        await fair.Ask(dispute, Role.Seller, new OpenBidRound());
        var term = (await fair.Standing(dispute)).TermOf(TermKind.Negotiation, Role.Buyer)!;
        var (buyer, seller) = (await fair.Buyer(), await fair.Seller());
        var open = await Page(seller, $"/disputes/{dispute}");
        await fair.Ask(dispute, Role.Seller, new ProposeExtension(term.Id, term.Due + Duration.FromDays(1), null));
        open += await Page(buyer, $"/disputes/{dispute}");
        Assert.All(OfAnOpenDispute, words => Assert.Contains(words, open, StringComparison.Ordinal));
        await fair.Ask(dispute, Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, null));
        var desk = await fair.Server.SignedIn(fair.Cast.Examiner1);
        foreach (var (reader, address) in new[]
        {
            (buyer, $"/disputes/{dispute}"), (seller, $"/disputes/{dispute}"), (desk, $"/desk/disputes/{dispute}"),
        })
        {
            var closed = await Page(reader, address);
            Assert.All(OfAnOpenDispute, words => Assert.DoesNotContain(words, closed, StringComparison.Ordinal));
            Assert.DoesNotContain("data-missing", closed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_clause_nobody_chose_is_asked_for_and_not_called_unknown()
    {
        await using var fair = await Fair.Open(french: true);
        var dispute = await fair.Dispute();
        await fair.Ask(dispute, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(dispute, Role.Buyer, new FileComplaint(null));
        await fair.Ask(dispute, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        foreach (var waived in (await fair.Standing(dispute)).Terms.Where(term => term.Kind == TermKind.Evidence))
            await fair.Ask(dispute, waived.Who, new WaiveTerm(waived.Id));
        await fair.Server.Get<People>().SpeakTo(fair.Cast.Examiner1, "fr");
        var examiner = await fair.Server.SignedIn(fair.Cast.Examiner1);
        var page = $"/desk/disputes/{dispute}/decision";
        using var answer = await examiner.Fill(page, page, ("findings", "1"),
            ("findings[0].question.fr", "Cassée ?"), ("findings[0].answer", "for_buyer"), ("findings[0].clause", ""),
            ("remedy[0].kind", "full_refund"), ("reasons.fr", "La photo le montre."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var said = WebUtility.HtmlDecode(await answer.Text());
        Assert.Contains("Choisissez la clause", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Cette clause n’existe pas", said, StringComparison.Ordinal);
    }

    private static async Task<string> Page(HttpClient reader, string address) =>
        WebUtility.HtmlDecode(await reader.Read($"{address}?lang=fr")).Replace('\u00a0', ' ').Replace('\u202f', ' ');
}

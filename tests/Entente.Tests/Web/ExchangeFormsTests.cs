using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>By page, without script: what the sides and the examiner do beside offers and obligations.</summary>
public sealed class ExchangeFormsTests
{
    private static (string Name, string Value)[] Fields(params (string Name, string Value)[] fields) => fields;

    private static async Task Done(HttpClient client, string page, params (string Name, string Value)[] fields)
    {
        using var answer = await client.Fill(page, page, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther,
            $"{page}: {answer.StatusCode}\n{await answer.Text()}");
    }

    private static async Task<DisputeId> InReview(Fair fair, bool waived = true)
    {
        var dispute = await fair.Dispute();
        await fair.Ask(dispute, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(dispute, Role.Buyer, new FileComplaint(null));
        await fair.Ask(dispute, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        foreach (var side in waived ? new[] { Role.Buyer, Role.Seller } : [])
            await fair.Ask(dispute, side,
                new WaiveTerm((await fair.Standing(dispute)).TermOf(TermKind.Evidence, side)!.Id));
        return dispute;
    }

    private static AddEvidence Shown(Fair fair, Role by, string id) => new(
        new(id), ExhibitKind.Photo, fair.Text("Le colis", by), fair.Text("colis.jpg", by),
            fair.Text($"digest {id}", by),
        "image/jpeg", 1000, null);

    [Fact]
    public async Task More_time_is_asked_for_and_agreed()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, seller, buyer) = ($"/disputes/{dispute}", await fair.Seller(), await fair.Buyer());
        var term = (await fair.Standing(dispute)).TermOf(TermKind.Negotiation, Role.Buyer)!;
        var later = (term.Due + Duration.FromDays(2)).ToDateTimeUtc().ToString("yyyy-MM-dd", null);
        var page = $"{address}/terms/{term.Id}/extension";
        using (var wrong = await seller.Fill(page, page, ("until", "soon"), ("text", "Le transporteur")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("Le transporteur", await wrong.Text(), StringComparison.Ordinal);
        }
        using (var early = await seller.Fill(page, page, ("until", "2020-01-01")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        await Done(seller, page, ("until", later), ("text", "Le transporteur cherche."));
        Assert.Contains("Le transporteur cherche.", await buyer.Read(address), StringComparison.Ordinal);
        await Done(buyer, $"{address}/extensions/1/acceptance");
        Assert.True((await fair.Standing(dispute)).TermOf(TermKind.Negotiation, Role.Buyer)!.Due > term.Due);
        using var again = await buyer.Fetch($"{address}/extensions/1/refusal");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Confidential_amounts_are_handed_in_and_nothing_shows_before_both_are_in()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, seller, buyer) = ($"/disputes/{dispute}", await fair.Seller(), await fair.Buyer());
        await Done(seller, $"{address}/bid-rounds");
        var before = Stable(await seller.Read(address));
        var list = Stable(await seller.Read("/disputes"));
        using (var none =
            await buyer.Fill($"{address}/bid-rounds/1/bid", $"{address}/bid-rounds/1/bid", ("amount", "beaucoup")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        await Done(buyer, $"{address}/bid-rounds/1/bid", ("amount", "8.10"));
        Assert.Equal(before, Stable(await seller.Read(address)));
        Assert.Equal(list, Stable(await seller.Read("/disputes")));
        Assert.DoesNotContain("8.10",
            await (await fair.Server.SignedIn(fair.Cast.Examiner1)).Read($"/desk{address}"), StringComparison.Ordinal);
        using (var twice = await buyer.Fetch($"{address}/bid-rounds/1/bid"))
            Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        await Done(seller, $"{address}/bid-rounds/1/bid", ("amount", "10.01"));
        var standing = await fair.Standing(dispute);
        Assert.Equal((Stage.Fulfilment, 905L), (standing.Stage, standing.Obligations[0].Obligation.Amount!.Value));
    }

    /// <summary>A page without what differs each time: form tokens, command keys.</summary>
    private static string Stable(string page) => System.Text.RegularExpressions.Regex.Replace(
        page, "name=\"(form_token|command_key)\" value=\"[^\"]*\"", "");

    [Fact]
    public async Task A_claim_is_changed_and_comes_back_with_what_was_typed_where_it_cannot_stand()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}", await fair.Buyer());
        using (var wrong =
            await buyer.Fill($"{address}/claim", $"{address}/claim", ("units[1]", "9"), ("reason[1]", "damaged"),
            ("remedy[0].kind", "full_refund"), ("text", "Les deux tasses.")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
            Assert.Contains("Les deux tasses.", await wrong.Text(), StringComparison.Ordinal);
        }
        await Done(buyer, $"{address}/claim", ("units[1]", "2"), ("reason[1]", "damaged"), ("units[2]", "1"),
            ("reason[2]", "incomplete"), ("remedy[0].kind", "full_refund"),
                ("text", "Les deux tasses, et le couvercle."));
        Assert.Equal(2, (await fair.Standing(dispute)).Opening.Items.Count);
        using var seller = await (await fair.Seller()).Fetch($"{address}/claim");
        Assert.Equal(HttpStatusCode.Conflict, seller.StatusCode);
    }

    [Fact]
    public async Task A_refund_outside_is_reported_confirmed_and_closed()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, seller, buyer) = ($"/disputes/{dispute}", await fair.Seller(), await fair.Buyer());
        using (var none = await seller.Fill($"{address}/facts", $"{address}/facts", ("what", "refund")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        await Done(seller, $"{address}/facts", ("what", "refund"), ("amount", "16.50"), ("reference", "VIR-9"));
        Assert.Contains("VIR-9", await buyer.Read(address), StringComparison.Ordinal);
        await Done(buyer, $"{address}/facts/1/confirmation");
        Assert.Equal(ReconciledBy.Refund, (await fair.Standing(dispute)).Reconciling);
        using var closed =
            await buyer.Fill($"{address}/closure?reason=refund_received&step=confirm", $"{address}/closure",
            ("confirmed", "yes"), ("received", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, closed.StatusCode);
        await Done(seller, $"{address}/facts", ("what", "shipment"), ("reference", "1Z-9"));
    }

    [Fact]
    public async Task The_remedy_that_happened_is_not_taken_for_granted()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}", await fair.Buyer());
        await fair.Ask(dispute, Role.Operator, new RecordFact(RecordedKind.Refund, 1650, null, null));
        await Done(buyer, $"{address}/reconciliation/refusal", ("text", "Je n'ai rien reçu."));
        Assert.Null((await fair.Standing(dispute)).Reconciling);
    }

    [Fact]
    public async Task An_exhibit_is_contested_and_the_composer_asks_for_the_answer()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        await fair.Ask(dispute, Role.Buyer, Shown(fair, Role.Buyer, "piece-1"));
        var address = $"/disputes/{dispute}";
        var (seller, examiner) = (await fair.Seller(), await fair.Server.SignedIn(fair.Cast.Examiner1));
        using (var none =
            await seller.Fill($"{address}/evidence/piece-1/contest", $"{address}/evidence/piece-1/contest",
                ("text", "Non.")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        await Done(seller, $"{address}/evidence/piece-1/contest", ("ground", "not_this_order"),
            ("text", "Ce n'est pas notre tasse."));
        Assert.Contains("Ce n’est pas notre tasse.",
            (await (await fair.Buyer()).Read(address)).Replace("&#x27;", "’", StringComparison.Ordinal).Replace("'",
                "’", StringComparison.Ordinal), StringComparison.Ordinal);
        await fair.Ask(dispute, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(dispute, Role.Buyer, new FileComplaint(null));
        await fair.Ask(dispute, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            await fair.Ask(dispute, side,
                new WaiveTerm((await fair.Standing(dispute)).TermOf(TermKind.Evidence, side)!.Id));
        var page = $"/desk{address}/decision";
        var decision =
            Fields(("findings", "1"), ("findings[0].question.fr", "Cassée ?"), ("findings[0].answer", "for_buyer"),
            ("findings[0].clause", "as-described"), ("findings[0].relied_on", "1"), ("remedy[0].kind", "full_refund"),
            ("reasons.fr", "La photo le montre."));
        using (var gap = await examiner.Fill(page, page, decision))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, gap.StatusCode);
        await Done(examiner, page,
            [.. decision, ("contests[0].answer", "rejected"), ("contests[0].reasons.fr", "C'est la même.")]);
        Assert.Equal(ContestAnswer.Rejected, (await fair.Standing(dispute)).Contests[0].Answer);
    }

    [Fact]
    public async Task The_examiner_proposes_waits_and_admits_by_page()
    {
        await using var fair = await Fair.Open();
        var dispute = await InReview(fair);
        var address = $"/disputes/{dispute}";
        var (examiner, seller, buyer) =
            (await fair.Server.SignedIn(fair.Cast.Examiner1), await fair.Seller(), await fair.Buyer());
        var until =
            (await fair.Standing(dispute)).LastAt.Plus(Duration.FromDays(3)).ToDateTimeUtc().ToString("yyyy-MM-dd",
                null);
        await Done(examiner, $"/desk{address}/inquiries", ("whom", "carrier"), ("owner", "seller"), ("until", until),
            ("text", "Où est-il ?"));
        await Done(seller, $"{address}/inquiries/1/answer", ("text", "Perdu."));
        await fair.Ask(dispute, Role.Seller, Shown(fair, Role.Seller, "tard"));
        await Done(examiner, $"/desk{address}/evidence/tard/admission", ("reason", "Elle compte."));
        await Done(examiner, $"/desk{address}/proposals", ("remedy[0].kind", "partial_refund"),
            ("remedy[0].amount_partial_refund", "7.00"), ("reasons.fr", "La moitié."));
        var before = Stable(await seller.Read(address));
        using (var yes = await buyer.Fill($"{address}/offers/2/acceptance", $"{address}/offers/2/acceptance"))
            Assert.EndsWith("?done=proposal_answered", yes.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Stable(await seller.Read(address)));
        await Done(seller, $"{address}/offers/2/acceptance");
        Assert.Equal(700, (await fair.Standing(dispute)).Obligations[0].Obligation.Amount);
    }

    [Fact]
    public async Task A_seller_claims_by_page_beside_the_buyers_dispute()
    {
        await using var fair = await Fair.Open();
        var (theirs, seller) = (await fair.Dispute(), await fair.Seller());
        Assert.Contains("/claims/new/", await seller.Read("/claims/new"), StringComparison.Ordinal);
        var page = $"/claims/new/{fair.Order.Id}";
        using (var wrong =
            await seller.Fill(page, page, ("units[1]", "1"), ("reason[1]", "return_not_as_sent"), ("story", "Vide.")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var opened = await seller.Fill(page, page, ("units[1]", "1"), ("reason[1]", "return_not_as_sent"),
            ("remedy[0].kind", "pay_back"), ("remedy[0].amount_pay_back", "10.00"), ("story", "Le colis était vide."));
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var address = opened.Headers.Location!.ToString().Split('?')[0];
        Assert.Contains($"/disputes/{theirs}", await seller.Read(address), StringComparison.Ordinal);
        var buyer = await fair.Buyer();
        Assert.Contains(address, await buyer.Read($"/disputes/{theirs}"), StringComparison.Ordinal);
        await Done(buyer, $"{address}/offers/1/acceptance");
        using var foreign = await (await fair.Server.SignedIn(fair.Cast.Seller2)).Fetch(address);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        var line = Assert.Single((await fair.Standing(DisputeIdOf(address))).Obligations);
        Assert.Equal(ObligationKind.PayBack, line.Obligation.Kind);
    }

    private static DisputeId DisputeIdOf(string address) =>
        DisputeId.TryParse(address.Split('/')[^1], out var id) ? id : throw new InvalidOperationException(address);
}

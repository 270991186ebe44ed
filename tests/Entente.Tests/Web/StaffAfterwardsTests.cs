using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>The desk's forms after an outcome and about who examines, without script: shown, refused, done.</summary>
public sealed class StaffAfterwardsTests
{
    [Fact]
    public async Task A_decision_above_the_amount_is_approved_by_a_second_examiner()
    {
        await using var fair = await Fair.Open(rules: TestPolicy.Text.Replace(
            "above: {EUR: 500, BRL: 2000}", "above: {EUR: 5}", StringComparison.Ordinal));
        var id = await InReview(fair);
        await fair.Ask(id, Role.Examiner, Decision(fair));
        var at = $"/desk/disputes/{id}";
        var (author, second) = (await Desk(fair, fair.Cast.Examiner1), await Desk(fair, fair.Cast.Examiner2));
        using var own = await author.GetAsync(Forms.Local($"{at}/decision/approval"));
        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        using var unanswered = await second.Fill($"{at}/decision/approval", $"{at}/decision/approval");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unanswered.StatusCode);
        using var unreasoned = await second.Fill(
            $"{at}/decision/approval", $"{at}/decision/approval", ("answer", "no"), ("reason", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unreasoned.StatusCode);
        using var approved = await second.Fill(
            $"{at}/decision/approval", $"{at}/decision/approval", ("answer", "yes"), ("reason", ""));
        Assert.Equal($"{at}?done=approve_decision#panel", approved.Headers.Location!.ToString());
        Assert.Equal(Stage.Fulfilment, (await fair.Standing(id)).Stage);
        var buyer = await (await fair.Buyer()).Read($"/disputes/{id}");
        Assert.DoesNotContain("second examiner", buyer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_of_the_pen_is_put_right_beside_the_readable_original()
    {
        await using var fair = await Fair.Open(french: true);
        var id = await InReview(fair);
        await fair.Ask(id, Role.Examiner, Decision(fair));
        var (at, author) = ($"/desk/disputes/{id}", await Desk(fair, fair.Cast.Examiner1));
        using var done = await author.Fill($"{at}/decision/correction", $"{at}/decision/correction",
            ("line", "1"), ("amount", "11.00"), ("text.fr", "11 euros et non 10 : erreur de frappe."));
        Assert.Equal($"{at}?done=correct_decision#panel", done.Headers.Location!.ToString());
        var page = WebUtility.HtmlDecode(await (await fair.Buyer()).Read($"/disputes/{id}"));
        Assert.Contains("erreur de frappe", page, StringComparison.Ordinal);
        Assert.Contains("Corrigée le", page, StringComparison.Ordinal);
        Assert.Equal(1100, (await fair.Standing(id)).Promised);
    }

    [Fact]
    public async Task A_side_asks_for_another_examiner_and_a_supervisor_answers()
    {
        await using var fair = await Fair.Open();
        var id = await InReview(fair);
        var (at, buyer) = ($"/disputes/{id}", await fair.Buyer());
        using var empty = await buyer.Fill($"{at}/challenge", $"{at}/challenge", ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        using var asked = await buyer.Fill($"{at}/challenge", $"{at}/challenge", ("reason", "Elle vend ici aussi."));
        Assert.Equal($"{at}?done=challenge_examiner", asked.Headers.Location!.ToString());
        var supervisor = await Desk(fair, fair.Cast.Operator);
        using var answered = await supervisor.Fill($"/desk{at}/challenge", $"/desk{at}/challenge",
            ("answer", "yes"), ("text", "C’est exact."));
        Assert.Equal($"/desk{at}?done=rule_on_challenge#panel", answered.Headers.Location!.ToString());
        Assert.Null((await fair.Standing(id)).Examiner);
    }

    [Fact]
    public async Task An_examiner_withdraws_and_asks_other_staff()
    {
        await using var fair = await Fair.Open();
        var id = await InReview(fair);
        var (at, examiner) = ($"/desk/disputes/{id}", await Desk(fair, fair.Cast.Examiner1));
        using var asked = await examiner.Fill($"{at}/risk", $"{at}/risk", ("text", "Douze cas semblables ce mois-ci."));
        Assert.Equal($"{at}?done=refer_to_risk#panel", asked.Headers.Location!.ToString());
        using var withdrawn = await examiner.Fill(
            $"{at}/recusal", $"{at}/recusal", ("reason", "Je connais le vendeur."));
        Assert.Equal($"{at}?done=recuse#panel", withdrawn.Headers.Location!.ToString());
        var seller = await (await fair.Seller()).Read($"/disputes/{id}");
        Assert.DoesNotContain("Je connais le vendeur", WebUtility.HtmlDecode(seller), StringComparison.Ordinal);
        Assert.DoesNotContain("Douze cas", WebUtility.HtmlDecode(seller), StringComparison.Ordinal);
    }

    private static DecideDispute Decision(Fair fair) => new(
        [new FindingDraft([fair.Text("Cassée ?", Role.Examiner)], FindingAnswer.InPart, "as-described", [])], [],
        [new(RemedyKind.PartialRefund, [new(1, 1)], 1000)], [fair.Text("En partie.", Role.Examiner)]);

    private static async Task<DisputeId> InReview(Fair fair)
    {
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Seller, new DeclineOffer(1, null));
        await fair.Ask(id, Role.Buyer, new FileComplaint(null));
        await fair.Ask(id, Role.Examiner, new Assign(fair.Cast.Examiner1, IsParty: false));
        foreach (var term in (await fair.Standing(id)).Terms.Where(term => term.Kind == TermKind.Evidence))
            await fair.Ask(id, term.Who, new WaiveTerm(term.Id));
        return id;
    }

    private static Task<HttpClient> Desk(Fair fair, PersonId person) => fair.Server.SignedIn(person);
}

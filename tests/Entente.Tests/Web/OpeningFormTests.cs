using System.Net;
using Entente.Domain.Disputes;
using Entente.Server.Storage;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>Opening a dispute, one question a page, by plain forms: kept, refused where the fault is, opened.</summary>
public sealed class OpeningFormTests
{
    [Fact]
    public async Task Six_questions_open_a_dispute()
    {
        await using var fair = await Fair.Open();
        var (buyer, at) = (await fair.Buyer(), $"/disputes/new/{fair.Order.Id}/{fair.Cast.Seller1Party}");
        Assert.Contains($"{at}/items", await buyer.Read("/disputes/new"), StringComparison.Ordinal);
        await Answer(buyer, at, "items", "reasons", ("items", "1"), ("units[1]", "2"), ("items", "2"));
        await Answer(buyer, at, "reasons", "story", ("item[0].reason", "damaged"), ("item[1].reason", "wrong_item"));
        await Answer(buyer, at, "story", "remedy", ("story", "Le colis était ouvert."));
        await Answer(buyer, at, "remedy", "check", ("remedy[0].kind", "partial_refund"),
            ("remedy[0].amount_partial_refund", "12.50"));
        var check = await buyer.Read($"{at}/check");
        Assert.Contains("Le colis était ouvert.", check, StringComparison.Ordinal);
        Assert.Contains("The seller must answer by", check, StringComparison.Ordinal);
        using var opened = await buyer.Fill($"{at}/check", $"{at}/check");
        Assert.Equal(HttpStatusCode.SeeOther, opened.StatusCode);
        var page = await buyer.Read(opened.Headers.Location!.ToString());
        Assert.Contains("€12.50", page, StringComparison.Ordinal);
        using var again = await buyer.Fetch($"{at}/check");
        Assert.Equal((HttpStatusCode.Redirect, $"{at}/items"), (again.StatusCode, again.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Units_of_one_article_may_have_different_troubles()
    {
        await using var fair = await Fair.Open();
        var (buyer, at) = (await fair.Buyer(), $"/disputes/new/{fair.Order.Id}/{fair.Cast.Seller1Party}");
        await Answer(buyer, at, "items", "reasons", ("items", "1"), ("units[1]", "2"));
        await Answer(buyer, at, "reasons", "reasons", ("item[0].reason", "damaged"), ("split", "1"));
        using var answer = await buyer.Post($"{at}/reasons", await buyer.Hidden($"{at}/reasons", $"{at}/reasons"),
            ("item[0].units", "1"), ("item[0].reason", "damaged"), ("item[1].units", "1"),
            ("item[1].reason", "incomplete"));
        Assert.EndsWith("/story", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        await Answer(buyer, at, "story", "remedy", ("story", "Une cassée, une incomplète."));
        await Answer(buyer, at, "remedy", "check", ("remedy[0].kind", "full_refund"));
        using var opened = await buyer.Fill($"{at}/check", $"{at}/check");
        var id = opened.Headers.Location!.ToString().Split('?')[0].Split('/')[^1];
        Assert.True(Domain.DisputeId.TryParse(id, out var dispute));
        var standing = (await fair.Server.Get<DisputeStore>().Read(dispute)).Dispute;
        Assert.Equal([Reason.Damaged, Reason.Incomplete], standing.Opening.Items.Select(item => item.Reason));
    }

    [Theory]
    [InlineData("items", "", "")]
    [InlineData("items", "units[1]", "3")]
    public async Task A_question_without_a_proper_answer_is_asked_again(string step, string field, string value)
    {
        await using var fair = await Fair.Open();
        var (buyer, at) = (await fair.Buyer(), $"/disputes/new/{fair.Order.Id}/{fair.Cast.Seller1Party}");
        (string, string)[] fields = field.Length == 0 ? [] : [("items", "1"), (field, value)];
        using var refused = await buyer.Fill($"{at}/{step}", $"{at}/{step}", fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        if (value.Length > 0) Assert.Contains($"value=\"{value}\"", await refused.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_amount_beyond_what_can_be_refunded_is_refused_at_its_own_field()
    {
        await using var fair = await Fair.Open();
        var (buyer, at) = (await fair.Buyer(), $"/disputes/new/{fair.Order.Id}/{fair.Cast.Seller1Party}");
        await Answer(buyer, at, "items", "reasons", ("items", "2"));
        await Answer(buyer, at, "reasons", "story", ("item[0].reason", "damaged"));
        await Answer(buyer, at, "story", "remedy", ("story", "Fêlée."));
        using var refused = await buyer.Fill($"{at}/remedy", $"{at}/remedy",
            ("remedy[0].kind", "partial_refund"), ("remedy[0].amount_partial_refund", "500"));
        var text = await refused.Text();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("value=\"500\"", text, StringComparison.Ordinal);
        Assert.Contains("#f-remedy-0--amount-partial-refund", text, StringComparison.Ordinal);
        Assert.Contains("€39.90", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_opens_on_a_purchase_that_is_not_theirs()
    {
        await using var fair = await Fair.Open();
        var at = $"/disputes/new/{fair.Order.Id}/{fair.Cast.Seller1Party}/items";
        foreach (var person in new[] { fair.Cast.Buyer2, fair.Cast.Seller1, fair.Cast.Examiner1 })
        {
            using var answer = await (await fair.Server.SignedIn(person)).Fetch(at);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task Answer(
        HttpClient buyer, string at, string step, string next, params (string, string)[] fields)
    {
        using var answer = await buyer.Fill($"{at}/{step}", $"{at}/{step}", fields);
        if (answer.StatusCode != HttpStatusCode.SeeOther) Assert.Fail(await answer.Text());
        Assert.Equal($"{at}/{next}", answer.Headers.Location!.ToString());
    }
}

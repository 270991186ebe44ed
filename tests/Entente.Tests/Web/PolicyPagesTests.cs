using System.Net;
using System.Text;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>The rules' versions, what differs between them, and what a change
/// would have meant, by page and by API.</summary>
public sealed class PolicyPagesTests
{
    private static readonly string Longer =
        TestPolicy.Text.Replace("answer: {within: 2 days}", "answer: {within: 4 days}", StringComparison.Ordinal);

    [Fact]
    public async Task What_a_version_changed_stands_on_a_page_and_in_an_answer()
    {
        await using var fair = await Fair.Open();
        await fair.Server.Get<PolicyShelf>().Publish(fair.Cast.Marketplace, Encoding.UTF8.GetBytes(Longer), "operator");
        using var buyer = await fair.Buyer();
        Assert.Contains("/rules/test/2/changes", await buyer.Read("/rules"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await buyer.Read("/rules/test/2/changes?lang=en"));
        Assert.Contains("<del>The other side has 2 days", page.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("<ins>The other side has 4 days", page.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.Fetch("/rules/test/1/changes")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.Fetch("/rules/test/2/changes?since=other@1")).StatusCode);
    }

    [Fact]
    public async Task The_operator_tries_out_rules_on_past_disputes_without_publishing_them()
    {
        await using var fair = await Fair.Open();
        var id = await fair.Dispute();
        await fair.Ask(id, Role.Buyer, new CloseDispute(ClosingReason.OpenedByMistake, true, null, false, null));
        using var staff = await fair.Server.SignedIn(fair.Cast.Operator);
        var form = WebUtility.HtmlDecode(await staff.Read("/admin/rules/simulation"));
        Assert.Contains("id: test", form, StringComparison.Ordinal);
        var narrow = TestPolicy.Text.Replace("within: 3650 days", "within: 1 days", StringComparison.Ordinal);
        var answer = await staff.Send(
            "/admin/rules/simulation", "/admin/rules/simulation", ("document", narrow));
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains("1 × The buyer could not have opened the dispute on that day.", page, StringComparison.Ordinal);
        Assert.Contains(id.Reference, page, StringComparison.Ordinal);
        Assert.Equal(1, (await fair.Server.Get<PolicyShelf>().Current(fair.Cast.Marketplace))!.Version);
        var wrong = await staff.Send(
            "/admin/rules/simulation", "/admin/rules/simulation", ("document", "id: test"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }
}

using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Web;

/// <summary>Every form of buyer and seller, without script: done, refused
/// with what was typed, stale, sent twice.</summary>
public sealed class PartyFormsTests
{
    [Fact]
    public async Task A_message_is_sent_once_however_often_its_form_is()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}", await fair.Buyer());
        var hidden = await buyer.Hidden(address, $"{address}/messages");
        for (var time = 0; time < 2; time++)
        {
            using var sent = await buyer.Post(
                $"{address}/messages", hidden, ("text", "Bonjour,\r\nune photo suit."), ("audience", "all"));
            Assert.Equal((HttpStatusCode.SeeOther, $"{address}?done=message_posted"),
                (sent.StatusCode, sent.Headers.Location!.ToString()));
        }
        Assert.Equal(2, (await fair.Standing(dispute)).Version);
        Assert.Contains("Bonjour,\nune photo suit.", WebUtility.HtmlDecode(await (await fair.Seller()).Read(address)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_message_comes_back_with_what_was_typed_and_a_fresh_key()
    {
        await using var fair = await Fair.Open();
        var (address, buyer) = ($"/disputes/{await fair.Dispute()}", await fair.Buyer());
        var long1 = new string('x', Texts.MessageMax) + " fin";
        var hidden = await buyer.Hidden(address, $"{address}/messages");
        using var refused = await buyer.Post(
            $"{address}/messages", hidden, ("text", long1), ("audience", "buyer_and_platform"));
        var text = await refused.Text();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(long1, text, StringComparison.Ordinal);
        Assert.Contains("id=\"errors\"", text, StringComparison.Ordinal);
        Assert.Contains("value=\"buyer_and_platform\" checked", text, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden["command_key"], text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_from_an_old_tab_is_not_lost_and_reopens_nothing()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}", await fair.Buyer());
        var hidden = await buyer.Hidden(address, $"{address}/messages");
        await fair.Ask(dispute, Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null));
        using var late = await buyer.Post(
            $"{address}/messages", hidden, ("text", "Encore une chose"), ("audience", "all"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Contains("Encore une chose", await late.Text(), StringComparison.Ordinal);
        Assert.Equal(Stage.Closed, (await fair.Standing(dispute)).Stage);
    }

    [Fact]
    public async Task An_offer_beyond_what_can_be_refunded_comes_back_with_its_amount()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, seller) = ($"/disputes/{dispute}", await fair.Seller());
        (string, string)[] typed = [("remedy[0].kind", "partial_refund"), ("remedy[0].amount_partial_refund", "999.00"),
            ("comment", "Enough?")];
        using var refused = await seller.Fill($"{address}/offers/new", $"{address}/offers", typed);
        var text = await refused.Text();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("value=\"999.00\"", text, StringComparison.Ordinal);
        Assert.Contains("Enough?", text, StringComparison.Ordinal);
        Assert.Contains("href=\"#f-remedy-0--amount-partial-refund\"", text, StringComparison.Ordinal);
        using var made = await seller.Fill($"{address}/offers/new", $"{address}/offers",
            ("remedy[0].kind", "partial_refund"), ("remedy[0].amount_partial_refund", "7.50"));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        Assert.Equal(750, (await fair.Standing(dispute)).OpenOfferOf(Role.Seller)!.Lines[0].Amount);
    }

    [Fact]
    public async Task An_offer_equal_to_the_other_sides_settles()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, seller) = ($"/disputes/{dispute}", await fair.Seller());
        using var made = await seller.Fill(
            $"{address}/offers/new", $"{address}/offers", ("remedy[0].kind", "full_refund"));
        Assert.EndsWith("?done=offer_settled", made.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(Stage.Fulfilment, (await fair.Standing(dispute)).Stage);
    }

    [Fact]
    public async Task Accepting_on_an_older_page_says_what_changed_and_changes_nothing()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, seller) = ($"/disputes/{dispute}", await fair.Seller());
        var (page, action) = ($"{address}/offers/1/acceptance", $"{address}/offers/1/acceptance");
        var hidden = await seller.Hidden(page, action);
        await fair.Ask(dispute, Role.Buyer, new PostMessage(Audience.All, fair.Text("Attendez.", Role.Buyer)));
        using var stale = await seller.Post(action, hidden);
        var text = await stale.Text();
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Contains("This has changed in the meantime", text, StringComparison.Ordinal);
        Assert.Equal(Stage.Negotiation, (await fair.Standing(dispute)).Stage);
        using var accepted = await seller.Fill(page, action);
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);
    }

    [Fact]
    public async Task Declining_keeps_the_reason_for_the_other_side()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, seller) = ($"/disputes/{dispute}", await fair.Seller());
        using var declined = await seller.Fill(
            $"{address}/offers/1/refusal", $"{address}/offers/1/refusal", ("comment", "La tasse est partie entière."));
        Assert.Equal(HttpStatusCode.SeeOther, declined.StatusCode);
        Assert.Contains("La tasse est partie entière.", await (await fair.Buyer()).Read(address),
            StringComparison.Ordinal);
        using var again = await seller.Fetch($"{address}/offers/1/refusal");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_complaint_is_possible_from_its_day_and_tells_its_due_times_beforehand()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var fair = await Fair.Open(clock);
        var dispute = await fair.Dispute();
        var page = $"/disputes/{dispute}/complaint";
        using (var early = await (await fair.Buyer()).Fetch(page))
            Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        clock.Advance((await fair.Standing(dispute)).ComplaintPossibleFrom.ToDateTimeOffset() - clock.GetUtcNow());
        var buyer = await fair.Buyer();
        Assert.Contains("What follows, and by when", await buyer.Read(page), StringComparison.Ordinal);
        using var filed = await buyer.Fill(page, page, ("text", "Le vendeur ne répond pas."));
        Assert.Equal(HttpStatusCode.SeeOther, filed.StatusCode);
        Assert.Equal(Stage.Review, (await fair.Standing(dispute)).Stage);
    }

    [Fact]
    public async Task Closing_asks_for_a_reason_whether_it_happened_and_a_confirmation()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        var (address, buyer) = ($"/disputes/{dispute}/closure", await fair.Buyer());
        using (var none = await buyer.Fetch($"{address}?step=confirm"))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        var confirm = $"{address}?reason=refund_received&step=confirm";
        using (var silent = await buyer.Fill(confirm, address, ("confirmed", "yes"), ("comment", "Merci")))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
            Assert.Contains("Merci", await silent.Text(), StringComparison.Ordinal);
        }
        using (var no = await buyer.Fill(confirm, address, ("confirmed", "yes"), ("received", "no")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, no.StatusCode);
        Assert.True((await fair.Standing(dispute)).IsOpen);
        using var closed = await buyer.Fill(confirm, address, ("confirmed", "yes"), ("received", "yes"));
        Assert.Equal($"/disputes/{dispute}?done=closed", closed.Headers.Location!.ToString());
        Assert.Equal(ClosingReason.RefundReceived, (await fair.Standing(dispute)).Closing!.Reason);
    }

    [Fact]
    public async Task A_refund_is_announced_confirmed_and_closed()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        await fair.Ask(dispute, Role.Seller, new AcceptOffer(1));
        var (address, seller, buyer) = ($"/disputes/{dispute}", await fair.Seller(), await fair.Buyer());
        var perform = $"{address}/obligations/1/performance";
        using (var done = await seller.Fill(perform, perform, ("reference", "VIR-77")))
            Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        Assert.Contains("VIR-77", await buyer.Read(address), StringComparison.Ordinal);
        var contest = $"{address}/obligations/1/contest";
        using (var what = await buyer.Fill(contest, contest, ("text", "Rien.")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, what.StatusCode);
        using (var no = await buyer.Fill(contest, contest, ("reason", "wrong_amount"), ("amount_received", "x")))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, no.StatusCode);
        var confirm = $"{address}/obligations/1/confirmation";
        using (var yes = await buyer.Fill(confirm, confirm)) Assert.Equal(HttpStatusCode.SeeOther, yes.StatusCode);
        using var closed = await buyer.Fill(
            $"{address}/closure?reason=agreement_reached", $"{address}/closure", ("confirmed", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, closed.StatusCode);
        Assert.False((await fair.Standing(dispute)).IsOpen);
    }
}

using System.Net;
using Entente.Server.Couriers;
using Entente.Server.Demo;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

public sealed class AdminTests : IAsyncLifetime
{
    private ServerUnderTest _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerUnderTest.Start(demo: true);

    [Fact]
    public async Task The_operator_reads_every_mail_and_nobody_else_does()
    {
        using var sofia = await As("sofia");
        var mail = await Sent();
        Assert.Contains(mail.Subject, Decoded(await sofia.Read("/admin/mails")), StringComparison.Ordinal);
        var page = Decoded(await sofia.Read($"/admin/mails/{mail.Id}"));
        Assert.Contains(mail.Body.Split('\n')[0], page, StringComparison.Ordinal);
        Assert.Contains(mail.Address, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await sofia.Fetch("/admin/mails/unknown")).StatusCode);
        foreach (var login in new[] { "camille", "hugo", "claire" })
        {
            using var other = await As(login);
            foreach (var path in new[] { "/admin", "/admin/mails", $"/admin/mails/{mail.Id}" })
                Assert.Equal(HttpStatusCode.NotFound, (await other.Fetch(path)).StatusCode);
        }
    }

    [Fact]
    public async Task A_restored_copy_says_that_its_money_waits_for_somebody_to_compare_it()
    {
        using var sofia = await As("sofia");
        Assert.DoesNotContain("data-part=\"locked\"", await sofia.Read("/admin/money"), StringComparison.Ordinal);
        var mark = Path.Combine(_server.Settings.DataFolder, Backup.RestoredFile);
        await File.WriteAllTextAsync(mark, "", TestContext.Current.CancellationToken);
        Assert.Contains("data-part=\"locked\"", await sofia.Read("/admin/money"), StringComparison.Ordinal);
        File.Delete(mark);
        Assert.DoesNotContain("data-part=\"locked\"", await sofia.Read("/admin/money"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_parked_is_shown_with_its_reason_and_tried_again_by_one_button()
    {
        using var sofia = await As("sofia");
        Assert.DoesNotContain("/admin/parcels/retry", await sofia.Read("/admin"), StringComparison.Ordinal);
        var mail = await Sent();
        var parcel = new Parcel(mail.Dispute, "lost.1", 1, "strange", "", "{}", _server.Get<Database>().Now(), 0);
        await _server.Get<Parcels>().Add([parcel]);
        _server.Get<Outbox>().Wake();
        await Soon.Until(async () =>
            (await sofia.Read("/admin")).Contains("/admin/parcels/retry", StringComparison.Ordinal));
        Assert.Contains("Nobody carries parcels of kind 'strange'", Decoded(await sofia.Read("/admin")),
            StringComparison.Ordinal);

        using var done = await sofia.Send(
            "/admin/parcels/retry", "/admin", ("order", mail.Dispute.Order.Value), ("parcel", "lost.1"));
        Assert.Equal(HttpStatusCode.SeeOther, done.StatusCode);
        using var nothing = await sofia.Send("/admin/parcels/retry", "/admin", ("order", "0"), ("parcel", "lost.1"));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        using var noClock = await sofia.Send("/admin/clock/retry", "/admin", ("dispute", mail.Dispute.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, noClock.StatusCode);
    }

    private async Task<SentMail> Sent()
    {
        await Soon.Until(async () => (await _server.Get<MailShelf>().Newest(DemoMarket.Id, 1)).Count > 0);
        await _server.Settled();
        return (await _server.Get<MailShelf>().Newest(DemoMarket.Id, 1))[0];
    }

    private async Task<HttpClient> As(string login) =>
        await _server.SignedIn((await _server.Get<People>().FindPerson(DemoMarket.Id, login))!.Id);

    private static string Decoded(string page) => WebUtility.HtmlDecode(page);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

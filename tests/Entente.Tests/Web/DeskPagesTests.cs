using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>The desk, as a browser without script uses it.</summary>
public sealed class DeskPagesTests : IAsyncLifetime
{
    private Fair _fair = null!;

    public async ValueTask InitializeAsync() => _fair = await Fair.Open(french: true);

    public ValueTask DisposeAsync() => _fair.DisposeAsync();

    [Fact]
    public async Task Several_disputes_are_given_to_one_examiner_at_once()
    {
        var (first, second) = (await InReview(_fair.Order), await InReview(await _fair.Purchase("2026-000124")));
        var desk = await _fair.Server.SignedIn(_fair.Cast.Operator);
        Assert.Contains(first.ToString(), await desk.Read("/desk?show=unassigned"), StringComparison.Ordinal);
        using var given = await desk.Send("/desk/assignments", "/desk?show=unassigned", ("show", "unassigned"),
            ("disputes", first.ToString()), ("disputes", second.ToString()),
            ("examiner", _fair.Cast.Examiner2.Value));
        Assert.Equal(HttpStatusCode.SeeOther, given.StatusCode);
        foreach (var dispute in new[] { first, second })
            Assert.Equal(_fair.Cast.Examiner2, (await _fair.Standing(dispute)).Examiner);
    }

    [Fact]
    public async Task What_cannot_be_given_is_named_and_the_rest_is_given()
    {
        var talking = await _fair.Dispute(await _fair.Purchase("2026-000125"));
        var waiting = await InReview(_fair.Order);
        var desk = await _fair.Server.SignedIn(_fair.Cast.Operator);
        using var given = await desk.Send("/desk/assignments", "/desk", ("show", "unassigned"),
            ("disputes", talking.ToString()), ("disputes", waiting.ToString()), ("disputes", "nothing"),
            ("examiner", _fair.Cast.Examiner1.Value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, given.StatusCode);
        Assert.Contains(talking.Reference, await given.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(_fair.Cast.Examiner1, (await _fair.Standing(waiting)).Examiner);
    }

    [Fact]
    public async Task An_examiner_takes_several_and_gives_none_away()
    {
        var dispute = await InReview(_fair.Order);
        var desk = await _fair.Server.SignedIn(_fair.Cast.Examiner1);
        using var given = await desk.Send("/desk/assignments", "/desk", ("disputes", dispute.ToString()),
            ("examiner", _fair.Cast.Examiner2.Value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, given.StatusCode);
        using var nothing = await desk.Send("/desk/assignments", "/desk", ("examiner", _fair.Cast.Examiner1.Value));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        Assert.Null((await _fair.Standing(dispute)).Examiner);
        using var taken = await desk.Send("/desk/assignments", "/desk", ("disputes", dispute.ToString()),
            ("examiner", _fair.Cast.Examiner1.Value));
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        Assert.Equal(_fair.Cast.Examiner1, (await _fair.Standing(dispute)).Examiner);
    }

    [Fact]
    public async Task The_composer_shows_all_its_gaps_at_once_and_speaks_as_the_platform()
    {
        var dispute = await InReview(_fair.Order);
        await _fair.Ask(dispute, Role.Examiner, new Assign(_fair.Cast.Examiner1, IsParty: false));
        foreach (var side in new[] { Role.Buyer, Role.Seller })
            await _fair.Ask(dispute, side, new WaiveTerm(
                (await _fair.Standing(dispute)).TermOf(TermKind.Evidence, side)!.Id));
        var desk = await _fair.Server.SignedIn(_fair.Cast.Examiner1);
        var address = $"/desk/disputes/{dispute}/decision";
        Assert.DoesNotContain("Vous envoyez", await desk.Read(address), StringComparison.Ordinal);
        using var refused = await desk.Send(address, address, ("findings", "1"), ("lang", "fr"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync();
        foreach (var field in new[]
                 {
                     "findings-0--question-fr", "findings-0--answer", "findings-0--clause", "reasons-fr",
                     "remedy-0--kind",
                 })
            Assert.Contains($"href=\"#f-{field}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_open_page_learns_nothing_more_once_its_reader_is_shut_out()
    {
        var dispute = await _fair.Dispute();
        var seller = await _fair.Seller();
        using var stream = await seller.GetAsync(
            Forms.Local($"/disputes/{dispute}/live"), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());
        await UntilNews(lines, "ready");
        await Say(dispute, "Bonjour.");
        await UntilNews(lines, "changed");
        await _fair.Server.Get<People>().Leave(
            _fair.Cast.Marketplace, _fair.Cast.Seller1, Role.Seller, _fair.Cast.Seller1Party);
        await Say(dispute, "Toujours là ?");
        Assert.DoesNotContain("changed", await lines.ReadToEndAsync(), StringComparison.Ordinal); // It ends.
    }

    private Task Say(DisputeId dispute, string text) =>
        _fair.Ask(dispute, Role.Buyer, new PostMessage(Audience.All, _fair.Text(text, Role.Buyer)));

    private static async Task UntilNews(StreamReader lines, string word)
    {
        while (await lines.ReadLineAsync() is { } line)
            if (line == $"event: {word}") return;
        Assert.Fail($"The stream ended before it said {word}.");
    }

    private async Task<DisputeId> InReview(Order order)
    {
        var dispute = await _fair.Dispute(order);
        await _fair.Ask(dispute, Role.Seller, new DeclineOffer(1, null));
        await _fair.Ask(dispute, Role.Buyer, new FileComplaint(null));
        return dispute;
    }
}

using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>Attack D12 at an open page: what a reader may not read changes nothing for them.</summary>
public sealed class QuietPageTests
{
    [Fact]
    public async Task A_page_that_is_open_does_not_hear_of_what_its_reader_may_not_read()
    {
        await using var fair = await Fair.Open();
        var dispute = await fair.Dispute();
        await fair.Ask(dispute, Role.Seller, new OpenBidRound());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        using var request = new HttpRequestMessage(HttpMethod.Get, Forms.Local($"/disputes/{dispute}/live"));
        using var stream =
            await (await fair.Seller()).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(patience.Token));
        Assert.Equal("event: ready", await Line(reader, patience.Token));
        await fair.Ask(dispute, Role.Buyer,
            new PlaceBlindBid(1, fair.Text("810", Role.Buyer) with { Language = "und" }));
        var next = Line(reader, patience.Token);
        await Task.Delay(500, patience.Token);
        Assert.False(next.IsCompleted);
        await fair.Ask(dispute, Role.Buyer, new PostMessage(Audience.All, fair.Text("Bonjour", Role.Buyer)));
        Assert.Equal("event: changed", await next);
    }

    private static async Task<string> Line(StreamReader reader, CancellationToken stop)
    {
        while (await reader.ReadLineAsync(stop) is { } line)
            if (line.StartsWith("event:", StringComparison.Ordinal)) return line;
        throw new InvalidOperationException("The stream ended.");
    }
}

using System.Text;
using Dapper;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Payments;
using Entente.Server.Storage;
using Entente.Tests.Api;
using Entente.Tests.Server;

namespace Entente.Tests.Payments;

/// <summary>Stripe's events over HTTP: who may speak, what is kept, and what nothing is made of.</summary>
public sealed class StripeInboundTests : IAsyncLifetime
{
    private const string Secret = "whsec_here";
    private ServerUnderTest _server = null!;
    private HttpClient _stripe = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerUnderTest.Start(change: settings => settings with
        {
            Stripe =
            [
                new(ApiHouse.Marketplace, "sk_test_1", [Secret, "whsec_old"], new("http://127.0.0.1:9")),
                new(new("elsewhere"), "sk_test_2", ["whsec_elsewhere"], new("http://127.0.0.1:9")),
            ],
        });
        await _server.Get<Marketplaces>().Add(new(ApiHouse.Marketplace, "Market", "en", "Europe/Paris"));
        _stripe = _server.Anonymous();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_event_that_Stripe_published_is_taken_and_kept_and_none_is_too_much()
    {
        foreach (var name in StripeEvents.Names) Assert.Equal(200, await Post(StripeEvents.Raw(name).ToJsonString()));
        await Handled();
        var kept = await Inbox.Newest(ApiHouse.Marketplace, 100);
        Assert.Equal(StripeEvents.Names.Count(), kept.Count);
        Assert.DoesNotContain(kept, message => message.State is InboundState.Broken or InboundState.Waiting);
        Assert.Contains(kept, message => message is { Kind: "payout.paid", State: InboundState.NotForUs });
        Assert.Contains(kept, message => message is { Kind: "charge.dispute.created", State: InboundState.NoPayment });
    }

    /// <summary>D13: whoever is not Stripe, or not now, or not for us, changes nothing.</summary>
    [Fact]
    public async Task What_is_not_signed_as_it_should_be_changes_nothing()
    {
        var body = StripeEvents.Raw("charge.dispute.created.json").ToJsonString();
        var live = StripeEvents.Raw("charge.dispute.created.json", live: true).ToJsonString();
        var now = _server.Get<Database>().Now();
        string?[] bad =
        [
            null, "", "t=1", "v1=00", "t=,v1=", "t=abc,v1=def", StripeEvents.Sign(body, "whsec_wrong", now),
            StripeEvents.Sign(body, "whsec_elsewhere", now), StripeEvents.Sign(body, Secret,
                now - Duration.FromMinutes(6)),
            StripeEvents.Sign(body + " ", Secret, now), StripeEvents.Sign(body, Secret, now).Replace("v1=", "v0=",
                StringComparison.Ordinal),
        ];
        foreach (var signature in bad) Assert.Equal(400, await Post(body, signature));
        Assert.Equal(400, await Post(live, StripeEvents.Sign(live, Secret, now)));
        Assert.Equal(400, await Post("{}", StripeEvents.Sign("{}", Secret, now)));
        Assert.Equal(400, await Post("[", StripeEvents.Sign("[", Secret, now)));
        Assert.Equal(404, await Post(body, StripeEvents.Sign(body, Secret, now), "nobody"));
        Assert.Empty(await Inbox.Newest(ApiHouse.Marketplace, 100));

        using var answer = await Send(body, "t=1,v1=00", ApiHouse.Marketplace.Value);
        Assert.Contains("signature_refused", await answer.Content.ReadAsStringAsync());
        Assert.Equal(200, await Post(body, StripeEvents.Sign(body, "whsec_old", now)));
    }

    [Fact]
    public async Task An_event_that_comes_two_hundred_times_at_once_is_one()
    {
        var body = StripeEvents.Raw("charge.dispute.created.json").ToJsonString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Post(body)));
        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.Single(await Inbox.Newest(ApiHouse.Marketplace, 100));
    }

    /// <summary>What was said of a payment before its order was known here is heard once it is.</summary>
    [Fact]
    public async Task An_event_that_comes_before_its_order_waits_for_it()
    {
        var said = StripeEvents.About("charge.dispute.created.json", "ch_early", 500, _server.Get<Database>().Now(),
            "dp_early", "needs_response");
        Assert.Equal(200, await Post(said.ToJsonString()));
        await Handled();
        Assert.Equal(InboundState.NoPayment, Assert.Single(await Inbox.Newest(ApiHouse.Marketplace, 9)).State);

        var report = await _server.Get<OrderBook>().Import(ApiHouse.Marketplace,
        [
            new("E-1", new("b-1"), "EUR", OrderStatus.Paid, new(Given.Start), [new(1, new("s-1"), "Cup", null, 1,
                1000, 0)],
                [new("p", "card", 1000, StripeProvider.ProviderName, "ch_early")]),
        ]);
        _server.Get<InboundClerk>().Wake();
        await Handled();
        await using var connection = await _server.Get<Database>().Open();
        Assert.Equal(500, await connection.ExecuteScalarAsync<long>(
            "SELECT charged_back FROM payment_balance WHERE order_id = @Id", new { report[0].Id }));
    }

    private Inbox Inbox => _server.Get<Inbox>();

    private Task Handled() => Soon.Until(async () =>
        (await Inbox.Newest(ApiHouse.Marketplace, 100, InboundState.Waiting)).Count == 0);

    private Task<int> Post(string body) => Post(body, StripeEvents.Sign(body, Secret, _server.Get<Database>().Now()));

    private async Task<int> Post(string body, string? signature, string endpoint = "market")
    {
        using var answer = await Send(body, signature, endpoint);
        return (int)answer.StatusCode;
    }

    private async Task<HttpResponseMessage> Send(string body, string? signature, string endpoint)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1/inbound/stripe/{endpoint}",
            UriKind.Relative));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (signature is not null) request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        return await _stripe.SendAsync(request);
    }
}

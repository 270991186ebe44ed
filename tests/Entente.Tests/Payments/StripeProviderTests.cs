using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Server;
using Entente.Server.Payments;

namespace Entente.Tests.Payments;

/// <summary>Refunds through Stripe.net, over real HTTP, against a server that speaks Stripe's API and
/// misbehaves.</summary>
public class StripeProviderTests
{
    [Fact]
    public async Task Three_hundred_remedies_over_HTTP_come_to_what_the_provider_has_in_its_books()
    {
        using var clock = new MoneyHouse();
        await using var fake = await FakeStripe.Started(new(clock.Time));
        using var provider = new StripeProvider(new(Settings(fake.Address)));
        using var house = await MoneyHouse.Ready(with: provider);
        var random = new Random(5);
        fake.Mischief = _ =>
        {
            lock (random) return random.Next(10) switch { 0 => WireMischief.CutBefore, 1 => WireMischief.CutAfter,
                2 => WireMischief.ErrorAfter, 3 => WireMischief.TooMany, _ => WireMischief.None };
        };
        var disputes = new List<(DisputeId Id, string Reference)>();
        for (var number = 0; number < 300; number++)
        {
            var reference = number % 2 == 0 ? $"pi_{number}" : $"ch_{number}";
            fake.Ledger.Captured(reference, 1200);
            var id = await house.Dispute($"H-{number}", [new("p", "card", 1200, StripeProvider.ProviderName,
                reference)]);
            await house.Does(id, new AcceptOffer(1), MoneyHouse.Seller);
            disputes.Add((id, reference));
        }
        await house.Quiet();
        foreach (var (id, reference) in disputes)
        {
            var line = Assert.Single(await house.Lines(id));
            Assert.True(fake.Ledger.GaveBack(reference) == 1200, $"{line}");
            Assert.Equal(RefundState.Succeeded, line.State);
            Assert.Equal(ObligationState.Performed, Assert.Single((await house.Standing(id)).Obligations).State);
        }
        Assert.True(fake.Calls > 300, "The fake did not misbehave.");
    }

    [Fact]
    public async Task What_Stripe_refuses_fails_with_Stripes_own_words()
    {
        using var clock = new MoneyHouse();
        await using var fake = await FakeStripe.Started(new(clock.Time));
        using var provider = new StripeProvider(new(Settings(fake.Address)));
        var answer = await provider.Refund(new("key", MoneyHouse.Here, "pi_none", 5, "EUR"), default);
        Assert.True(answer.Word == ProviderWord.Refused, $"{answer}");
        Assert.Contains("charge_already_refunded", answer.Why);
        Assert.Equal(ProviderWord.NotThere, (await provider.Find(new("key", MoneyHouse.Here, "pi_none", 5, "EUR"),
            default)).Word);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_unknown_and_one_that_may_not_be_asked_is_not_now()
    {
        using var provider = new StripeProvider(new(Settings(new("http://127.0.0.1:9"))));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Unwrapped(provider.Refund(new("key", MoneyHouse.Here,
            "pi_1", 5, "EUR"), default)));
        Assert.Equal(ProviderWord.NotNow, (await provider.Refund(new("key", new("nobody"), "pi_1", 5, "EUR"),
            default)).Word);
    }

    /// <summary>D8: Stripe counts some currencies in other decimals than ISO; what it cannot say is refused, never
    /// rounded.</summary>
    [Theory]
    [InlineData("EUR", 1234, 1234L), InlineData("JPY", 500, 500L), InlineData("KWD", 1230, 1230L), InlineData("ISK",
        7, 700L)]
    [InlineData("UGX", 7, 700L), InlineData("MGA", 700, 7L), InlineData("MGA", 701, null), InlineData("CLF", 10_000,
        100L)]
    [InlineData("CLF", 10_001, null), InlineData("HUF", 100, 100L), InlineData("MRU", 5, 5L), InlineData("BHD", 1, 1L)]
    public void Amounts_are_said_as_Stripe_counts_them_and_come_back_the_same(string currency, long ours, long? theirs)
    {
        Assert.Equal(theirs, StripeAmounts.ToStripe(new(ours, currency)));
        if (theirs is { } said) Assert.Equal(new Money(ours, currency), StripeAmounts.FromStripe(said,
            currency.ToLowerInvariant()));
    }

    private static async Task Unwrapped(Task<ProviderAnswer> call)
    {
        var answer = await call;
        if (answer.Word == ProviderWord.Lost) throw new HttpRequestException(answer.Why);
    }

    private static Settings Settings(Uri stripe) => new()
    {
        DataFolder = "", Address = new("http://127.0.0.1"), BaseAddress = new("http://127.0.0.1"),
            MailFrom = "centre@entente.example",
        Stripe = [new(MoneyHouse.Here, "sk_test_1", ["whsec"], stripe)],
    };
}

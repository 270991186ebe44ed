using System.Collections.Concurrent;
using System.Diagnostics;
using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Payments;
using Entente.Server.Desk;
using Entente.Server.Payments;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Tests.Payments;

/// <summary>
/// Random remedies by the ten thousand against a provider that misbehaves, judged by the provider's own ledger: 20,000
/// of them, or as many as ENTENTE_REMEDIES says (200000 for a long run). Real: the orders' import, the plan, the
/// ledger's statements, the courier's steps and all its commits, on a real database. Not real: disputes are folded and
/// planned but their facts are not stored, what the door is told is only counted, and the provider is in-process.
/// </summary>
public sealed class ManyRemediesTests(ITestOutputHelper output)
{
    private const int RemediesUnlessSaid = 20_000;
    private const int RemediesEach = 8;
    private const int TogetherMax = 256;

    [Fact, Trait("Category", "slow")]
    public async Task Thousands_of_random_remedies_and_not_one_double_or_missing_refund()
    {
        var remedies = int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_REMEDIES"), out var asked) ? asked
            : RemediesUnlessSaid;
        using var house = await MoneyHouse.Ready();
        var fate = new Fate(7);
        house.Provider.Mischief = fate.Of;
        house.Provider.IsDeaf = _ => fate.Chance(0.03);
        var told = new ConcurrentDictionary<string, int>();
        var errands = new RefundErrands(house.Cashier, [house.Provider], (errand, _) =>
        {
            told.AddOrUpdate($"{errand.Order.Key}:{errand.Line.State}", 1, (_, times) => times + 1);
            return Task.FromResult(Telling.Told);
        }, house.Time, NullLogger<RefundErrands>.Instance);
        var payments = new ConcurrentDictionary<string, string>();
        house.Provider.Message = (order, given) => house.Facts.Observe(OrderOf(order.Key), new(
            given.Id, payments[order.Reference], given.Amount, ProviderRefundStatus.Succeeded, order.Key,
                house.Centre.Database.Now(), 2), "unruled");

        var clock = Stopwatch.StartNew();
        var wanted = await Agree(house, remedies / RemediesEach, payments, new Random(11));
        output.WriteLine(
            $"{wanted.Count} lines of {remedies} remedies written ahead in {clock.Elapsed.TotalSeconds:0.0} s");
        await Run(house, errands);
        var (people, undone) = await AskPeople(house);
        await Run(house, errands);
        output.WriteLine(
            $"all of them carried out in {clock.Elapsed.TotalSeconds:0.0} s; {house.Provider.Calls} calls, "
            + $"{house.Provider.Finds} questions, {people} asked of people; {fate}");

        await Compare(house, wanted, key => fate.WasRefused(key) || undone.Contains(key));
    }

    /// <summary>Orders with one to three payments, and eight remedies agreed on each.</summary>
    private static async Task<Dictionary<string, (RefundLine Line, DisputeId Dispute, string Reference)>> Agree(
        MoneyHouse house, int orders, ConcurrentDictionary<string, string> names, Random random)
    {
        var wanted = new Dictionary<string, (RefundLine, DisputeId, string)>();
        foreach (var batch in Enumerable.Range(0, orders).Chunk(250))
        {
            var made = batch.Select(number => Order(number, random, house.Provider.Name)).ToList();
            await house.Orders.Import(MoneyHouse.Here, made);
            var plans = made.Select(order => (Order: order, Dispute: Settled(order, random))).ToList();
            await house.Centre.Database.Write(transaction =>
            {
                using var money = new MoneyStatements(transaction.Connection!);
                foreach (var (order, dispute) in plans)
                {
                    var balances = order.Payments.Select(payment => new PaymentBalance(
                        payment.Id, payment.Method, payment.Provider, payment.Reference, payment.Captured,
                            Sends: true));
                    var changes = RefundPlan.Of(dispute, new([.. balances], []));
                    money.Apply(dispute.Id, changes, new(house.Centre.Database.Now(), "test", IsOurs: true),
                        transaction);
                    foreach (var change in changes)
                        wanted.Add(change.After.KeyIn(dispute.Id), (change.After, dispute.Id,
                            order.Payments.First(payment => payment.Id == change.After.Payment).Reference!));
                }
                return Task.CompletedTask;
            });
            foreach (var payment in made.SelectMany(order => order.Payments))
            {
                house.Ledger.Captured(payment.Reference!, payment.Captured);
                names[payment.Reference!] = payment.Id;
            }
        }
        return wanted;
    }

    private static OrderToImport Order(int number, Random random, string provider) => new(
        $"R-{number}", new("buyer-1"), "EUR", OrderStatus.Delivered, new(Given.Start), [new(1, new("seller-1"),
            "Thing", null, 8, 1000, 0)],
        Enumerable.Range(1, random.NextDouble() < 0.8 ? 1 : random.Next(2, 4)).Select(index => new Payment(
            $"pay-{index}", "card", random.Next(4_000, 20_000), provider, $"pi_R{number}_{index}")).ToValueList());

    /// <summary>A dispute in which so much was agreed as the payments can give, in eight unequal parts.</summary>
    private static Dispute Settled(OrderToImport order, Random random)
    {
        var id = DisputeId.Of(OrderId.Of(MoneyHouse.Here, order.ExternalId), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        var all = order.Payments.Sum(payment => payment.Captured);
        var obligations = Split.Allocate(random.NextInt64(RemediesEach, all), [.. Enumerable.Range(0,
            RemediesEach).Select(_ => random.NextInt64(1, 1000))])
            .Select((amount, index) => new Obligation(
                index + 1, 1, 0, ObligationKind.Refund, Role.Seller, Math.Max(1, amount), [new(1, 1)],
                    [])).ToValueList();
        var opened = new Fact(1, 1, Given.Start, MoneyHouse.Buyer, new("c"), "test@1", Given.Opening());
        var settled = new Fact(2, 2, Given.Start, MoneyHouse.Seller, new("c"), "test@1",
            new SettlementReached(1, 1, [Given.Refund()], obligations, []));
        return Dispute.Nothing(id).After(opened).After(settled);
    }

    private static async Task Run(MoneyHouse house, RefundErrands errands)
    {
        while (await house.Cashier.Next() is { } next)
        {
            if (next.ToDateTimeOffset() > house.Time.GetUtcNow()) house.Time.SetUtcNow(next.ToDateTimeOffset());
            var taken = await house.Cashier.Take(TogetherMax);
            if (taken.Count > 0) await errands.Run(taken, default);
        }
    }

    /// <summary>What nobody but a person can settle: they look at the provider's own pages, and a second one
    /// agrees.</summary>
    private static async Task<(int Asked, HashSet<string> Undone)> AskPeople(MoneyHouse house)
    {
        var undone = new HashSet<string>();
        await using var connection = await house.Centre.Database.Open();
        var rows = (await connection.QueryAsync<RefundRow>(
            $"{RefundRow.Columns} WHERE state = 'unknown' AND next_at IS NULL")).ToList();
        foreach (var row in rows)
        {
            var done = house.Ledger.Times(row.Key) > 0;
            if (!done) undone.Add(row.Key);
            var testimony = new Testimony(row.Dispute, NewIdOf(row), row.Obligation, row.Payment, row.Part,
                done ? Says.Paid : Says.NotPaid, house.Ledger.Find(row.Key)?.Id ?? "",
                    "Seen on the provider's pages.", "ada", default);
            Assert.Equal(TestimonyOutcome.Done, await house.Testimonies.Make(MoneyHouse.Here, testimony));
            Assert.Equal(TestimonyOutcome.Done, await house.Testimonies.Approve(MoneyHouse.Here, row.Dispute.Order,
                testimony.Id, "bob"));
        }
        return (rows.Count, undone);
    }

    private static async Task Compare(
        MoneyHouse house, Dictionary<string, (RefundLine Line, DisputeId Dispute, string Reference)> wanted,
        Func<string, bool> mayFail)
    {
        await using var connection = await house.Centre.Database.Open();
        var rows = (await connection.QueryAsync<RefundRow>(RefundRow.Columns)).ToDictionary(row => row.Key);
        Assert.Equal(wanted.Count, rows.Count);
        foreach (var (key, (line, _, _)) in wanted)
        {
            var (row, times) = (rows[key], house.Ledger.Times(key));
            Assert.True(row.State is "succeeded" or "failed", $"{key} is {row.State}: {row.Why}");
            Assert.True(times == (row.State == "succeeded" ? 1 : 0),
                $"{key} is {row.State}, and {times} times in the provider's ledger");
            if (times == 1) Assert.Equal(line.Amount, house.Ledger.Find(key)!.Amount);
            // Only what the provider refused, or a person saw undone, is not paid.
            if (row.State == "failed") Assert.True(mayFail(key), $"{key} failed and nobody said so.");
        }
        var balances = await connection.QueryAsync<(string Reference, long Reserved, long Refunded, long Outside,
            long Overpaid)>(
            "SELECT provider_ref, reserved, refunded, outside, overpaid FROM payment_balance");
        foreach (var (reference, reserved, refunded, outside, overpaid) in balances)
        {
            Assert.True(refunded == house.Ledger.GaveBack(reference),
                $"{reference}: {refunded} by us, {house.Ledger.GaveBack(reference)} by the provider");
            Assert.Equal((0, 0, 0), (reserved, outside, overpaid));
        }
        Assert.Equal(house.Ledger.All.Where(refund => refund.IsLive).Sum(refund => refund.Amount),
            rows.Values.Where(row => row.State == "succeeded").Sum(row => row.Amount));
    }

    private static OrderId OrderOf(string key) => new(key["entente_".Length..][..OrderId.Length]);

    private static string NewIdOf(RefundRow row) => $"st-{row.Key}";

    /// <summary>What befalls which call, at random and remembered.</summary>
    private sealed class Fate(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly ConcurrentDictionary<string, bool> _refused = new();
        private readonly ConcurrentDictionary<Mischief, int> _seen = new();

        public bool Chance(double share)
        {
            lock (_random) return _random.NextDouble() < share;
        }

        public Mischief Of(RefundOrder order)
        {
            double drawn;
            lock (_random) drawn = _random.NextDouble();
            var mischief = drawn switch
            {
                < 0.06 => Mischief.CutBefore,
                < 0.14 => Mischief.CutAfter,
                < 0.18 => Mischief.TooMany,
                < 0.19 => Mischief.Refuses,
                < 0.22 => Mischief.Pending,
                < 0.24 => Mischief.MessageFirst,
                < 0.2415 => Mischief.BlackHoleAfter,
                < 0.243 => Mischief.BlackHoleBefore,
                _ => Mischief.None,
            };
            _seen.AddOrUpdate(mischief, 1, (_, times) => times + 1);
            if (mischief == Mischief.Refuses) _refused[order.Key] = true;
            return mischief;
        }

        public bool WasRefused(string key) => _refused.ContainsKey(key);

        public override string ToString() =>
            string.Join(", ", _seen.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"));
    }
}

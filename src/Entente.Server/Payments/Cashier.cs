using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>A refund that the courier has in hand.</summary>
/// <param name="Told">False where all that is left is to tell the dispute how it ended.</param>
/// <param name="SentAt">When it was first handed to the provider; null before.</param>
public sealed record Errand(
    DisputeId Dispute, RefundLine Line, RefundOrder Order, string Provider, bool Told, Instant? SentAt,
    string? ProviderId,
    int Attempts);

/// <summary>
/// Refunds one step further: who has which in hand, what is committed before a provider is called, and what came of it.
/// </summary>
public sealed class Cashier(Database database)
{
    /// <summary>After that many answers that settled nothing, about two days, a person is asked.</summary>
    public const int TriesMax = 15;
    private const int WhyMax = 500;
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly Duration FirstPause = Duration.FromSeconds(10);
    private static readonly Duration LongestPause = Duration.FromHours(6);
    private static readonly Duration LookAtLock = Duration.FromMinutes(1);
    private static readonly Duration Poll = Duration.FromHours(1);

    private const string Mine =
        "order_id = @Order AND suffix = @Suffix AND obligation = @Obligation AND payment = @Payment AND part = @Part";

    /// <summary>The instant everything is judged by.</summary>
    public Instant Now() => database.Now();

    /// <summary>After a restore nothing is sent until somebody says that the money is reconciled.</summary>
    public bool IsLocked => Backup.IsUnreconciled(database);

    /// <summary>The earliest instant at which there is something to take; null when nothing is.</summary>
    public async Task<Instant?> Next(CancellationToken stop = default)
    {
        if (IsLocked) return Now() + LookAtLock;
        await using var connection = await database.Open(stop);
        return RefundRow.At(await connection.ExecuteScalarAsync<long?>(
            """
            SELECT min(CASE WHEN lease_until > next_at THEN lease_until ELSE next_at END) FROM refund
            WHERE next_at IS NOT NULL
            """));
    }

    /// <summary>Takes in hand what is due, the longest waiting first.</summary>
    public Task<IReadOnlyList<Errand>> Take(int count, CancellationToken stop = default) =>
        IsLocked ? Task.FromResult<IReadOnlyList<Errand>>([]) : Leased(count, stop);

    private Task<IReadOnlyList<Errand>> Leased(int count, CancellationToken stop) =>
        database.Write<IReadOnlyList<Errand>>(async transaction =>
        {
            var now = database.Now();
            var rows = (await transaction.Connection!.QueryAsync<ErrandRow>(
                $"""
                {ErrandRow.Columns}
                WHERE next_at <= @now AND COALESCE(lease_until, 0) <= @now ORDER BY next_at LIMIT @count
                """, new { now, count }, transaction)).ToList();
            foreach (var row in rows)
                await transaction.Connection!.ExecuteAsync(
                    $"UPDATE refund SET lease_until = @until WHERE {Mine}", Of(row.Errand, new { until = now + Lease }),
                    transaction);
            return [.. rows.Select(row => row.Errand)];
        }, stop);

    /// <summary>
    /// Commits that these are handed over, before anybody is called; gives those that may be. What was taken back
    /// meanwhile, or lies on a payment that paid out too much, is not among them.
    /// </summary>
    public Task<IReadOnlyList<Errand>> HandOver(IReadOnlyList<Errand> errands, CancellationToken stop = default) =>
        database.Write<IReadOnlyList<Errand>>(async transaction =>
        {
            var (now, given) = (database.Now(), new List<Errand>(errands.Count));
            foreach (var errand in errands)
            {
                var sent = await transaction.Connection!.ExecuteAsync(
                    $"""
                    UPDATE refund SET state = 'sent', sent_at = @now, changed_at = @now WHERE {Mine}
                        AND state = 'reserved'
                      AND amount = @Amount AND EXISTS (SELECT 1 FROM payment_balance
                        WHERE order_id = @Order AND payment = @Payment AND overpaid = 0)
                    """, Of(errand, new { now }), transaction);
                if (sent == 0) continue;
                await Touch(errand.Dispute.Order, transaction);
                given.Add(
                    errand with { Line = errand.Line with { State = RefundState.Sent, WasSent = true }, SentAt = now });
            }
            return given;
        }, stop);

    /// <summary>Books what providers answered.</summary>
    public Task Book(IReadOnlyList<(Errand Errand, ProviderAnswer Answer)> answers, CancellationToken stop = default) =>
        database.Write(async transaction =>
        {
            using var money = new MoneyStatements(transaction.Connection!);
            foreach (var (errand, answer) in answers) await Book(errand, answer, money, transaction);
        }, stop);

    /// <summary>The disputes know how these ended.</summary>
    public Task Told(IReadOnlyList<Errand> errands) => database.Write(async transaction =>
    {
        // Only that very ending: what came after it is still to be told.
        foreach (var errand in errands)
            await transaction.Connection!.ExecuteAsync(
                $"UPDATE refund SET told = 1, next_at = NULL, lease_until = NULL WHERE {Mine} AND state = @state",
                Of(errand, new { state = Codes.Of(errand.Line.State) }), transaction);
    });

    /// <summary>Money went out for something that the dispute no longer owes: a person looks at it.</summary>
    public Task Stray(Errand errand) => database.Write(transaction =>
    {
        OutsideFacts.Open(errand.Dispute.Order, errand.Order.Key, "stray", errand.Line.Payment, errand.Line.Amount,
            new(database.Now(), errand.Provider, false), transaction);
        return Task.CompletedTask;
    });

    /// <summary>It could not be told now: again after a pause.</summary>
    public Task Later(Errand errand, string why, double chance = 0.5) => database.Write(transaction =>
        transaction.Connection!.ExecuteAsync(
            $"UPDATE refund SET attempts = attempts + 1, why = @why, next_at = @next, lease_until = NULL WHERE {Mine}",
            Of(errand, new { why = Short(why), next = Micros.Floor(database.Now() + Pause(errand.Attempts, chance)) }),
            transaction));

    private async Task Book(Errand errand, ProviderAnswer answer, MoneyStatements money, DbTransaction transaction)
    {
        var row = await transaction.Connection!.QuerySingleAsync<RefundRow>(
            $"{RefundRow.Columns} WHERE {Mine}", Of(errand, null), transaction);
        // Whatever became known meanwhile by another way is newer than this answer.
        if (!row.Line.IsOnItsWay && !(row.Line.State == RefundState.Reserved && answer.Id is not null))
        {
            await transaction.Connection!.ExecuteAsync(
                $"UPDATE refund SET lease_until = NULL WHERE {Mine}", Of(errand, null), transaction);
            return;
        }
        var (now, cause) = (database.Now(), new MoneyCause(database.Now(), errand.Provider, IsOurs: true));
        var (state, next, why) = Conclude(errand, answer, now);
        var told = state is not (RefundState.Succeeded or RefundState.Failed);
        if (state != row.Line.State)
        {
            money.Apply(errand.Dispute, [new(row.Line, row.Line with { State = state })], cause, transaction);
            await Touch(errand.Dispute.Order, transaction);
        }
        await transaction.Connection!.ExecuteAsync(
            $"""
            UPDATE refund SET provider_id = COALESCE(@id, provider_id), why = @why, next_at = @next, lease_until = NULL,
                told = @told, attempts = @attempts, sent_at = COALESCE(sent_at, @sentAt) WHERE {Mine}
            """,
            Of(errand, new
            {
                id = answer.Id, why = why is null ? null : Short(why), next = told ? next : now, told = told ? 1 : 0,
                attempts = answer.Word == ProviderWord.Pending ? 0 : errand.Attempts + 1,
                sentAt = answer.Id is null ? (Instant?)null : now,
            }), transaction);
        if (state == RefundState.Failed)
            OutsideFacts.Open(errand.Dispute.Order, errand.Order.Key, "failed", errand.Line.Payment, errand.Line.Amount,
                cause, transaction);
        if (state == RefundState.Unknown && next is null)
            OutsideFacts.Open(errand.Dispute.Order, errand.Order.Key, "unknown", errand.Line.Payment,
                errand.Line.Amount, cause, transaction);
    }

    /// <summary>What an answer proves, and nothing beyond.</summary>
    private static (RefundState State, Instant? Next, string? Why) Conclude(
        Errand errand, ProviderAnswer answer, Instant now)
    {
        var state = errand.Line.State == RefundState.Unknown ? RefundState.Unknown : RefundState.Sent;
        Instant? again = errand.Attempts + 1 >= TriesMax
            ? null
            : Micros.Floor(
                now + Pause(errand.Attempts, (errand.Order.Key.GetHashCode(StringComparison.Ordinal) & 255) / 255.0));
        if (answer.Amount is { } amount && amount != errand.Line.Amount)
            return (RefundState.Unknown, null,
                $"The provider knows {answer.Id} with {amount}, not {errand.Line.Amount}.");
        return answer.Word switch
        {
            ProviderWord.Succeeded => (RefundState.Succeeded, null, null),
            ProviderWord.Pending => (RefundState.Sent, now + Poll, null),
            ProviderWord.Failed or ProviderWord.Refused => (RefundState.Failed, null, answer.Why),
            // The pages say in the reader's language that nothing was found.
            ProviderWord.NotThere => (RefundState.Unknown, null, answer.Why),
            ProviderWord.NotNow => again is null ? (RefundState.Unknown, null, answer.Why) : (state, again, answer.Why),
            ProviderWord.Lost => (RefundState.Unknown, again, answer.Why),
        };
    }

    private static Task Touch(OrderId order, DbTransaction transaction) => transaction.Connection!.ExecuteAsync(
        "UPDATE order_head SET version = version + 1 WHERE order_id = @order", new { order }, transaction);

    private static Duration Pause(int failures, double chance) =>
        (failures >= 10 ? LongestPause : Duration.Min(LongestPause, FirstPause * Math.Pow(3, failures))) * (
            0.75 + chance / 2);

    private static string Short(string why) => why.Length <= WhyMax ? why : why[..WhyMax];

    private static DynamicParameters Of(Errand errand, object? more)
    {
        var values = new DynamicParameters(more);
        values.AddDynamicParams(new
        {
            errand.Dispute.Order, errand.Dispute.Suffix, errand.Line.Obligation, errand.Line.Payment, errand.Line.Part,
            errand.Line.Amount,
        });
        return values;
    }

    private sealed class ErrandRow
    {
        public const string Columns =
            """
            SELECT refund.order_id, suffix, obligation, refund.payment, part, refund.marketplace, key, way, state,
                amount,
                given_up, provider_id, sent_at, told, attempts, provider, provider_ref, currency
            FROM refund JOIN payment_balance paid ON paid.order_id = refund.order_id AND paid.payment = refund.payment
            """;

        public required string OrderId { get; init; }
        public required string Suffix { get; init; }
        public int Obligation { get; init; }
        public required string Payment { get; init; }
        public int Part { get; init; }
        public required string Marketplace { get; init; }
        public required string Key { get; init; }
        public required string Way { get; init; }
        public required string State { get; init; }
        public long Amount { get; init; }
        public bool GivenUp { get; init; }
        public string? ProviderId { get; init; }
        public long? SentAt { get; init; }
        public bool Told { get; init; }
        public int Attempts { get; init; }
        public string? Provider { get; init; }
        public string? ProviderRef { get; init; }
        public required string Currency { get; init; }

        public Errand Errand => new(
            new(new(OrderId), Suffix),
            new(Obligation, Payment, Part, Amount, RefundRow.Read<RefundWay>(Way), RefundRow.Read<RefundState>(State),
                SentAt is not null, GivenUp),
            new(Key, new(Marketplace), ProviderRef ?? "", Amount, Currency),
            Provider ?? "", Told, RefundRow.At(SentAt), ProviderId, Attempts);
    }
}

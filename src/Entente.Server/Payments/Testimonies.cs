using System.Data.Common;
using Dapper;
using Entente.Domain;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>What a person can state about a refund that neither provider nor rules can settle.</summary>
public enum Says
{
    /// <summary>The provider did it; its own pages show it.</summary>
    Paid,
    /// <summary>The provider did not do it, and will not.</summary>
    NotPaid,
    /// <summary>It failed, and it is to be tried anew under a key of its own.</summary>
    TryAnew,
    /// <summary>It failed, and the buyer got the money by another way.</summary>
    PaidOtherwise,
}

/// <summary>A statement, and who has made and approved it.</summary>
public sealed record Testimony(
    DisputeId Dispute, string Id, int Obligation, string Payment, int Part, Says Says, string Reference, string Reason,
    string StatedBy, Instant StatedAt);

/// <summary>What became of a statement or its approval.</summary>
public enum TestimonyOutcome { Done, NotFound, NotNow, TextMissing, TextTooLong, SamePerson }

/// <summary>
/// Testimonies of people about refunds: one makes it, another one approves it, and only then it counts. Nothing else
/// ends what nobody knows but the provider's own word.
/// </summary>
public sealed class Testimonies(Database database, MoneyDoor door)
{
    private const int TextMax = 500;
    private const string Mine =
        "order_id = @Order AND suffix = @Suffix AND obligation = @Obligation AND payment = @Payment AND part = @Part";

    public async Task<TestimonyOutcome> Make(
        MarketplaceId marketplace, Testimony statement, CancellationToken stop = default)
    {
        if (string.IsNullOrWhiteSpace(statement.Reason)
            || statement.Says is Says.Paid or Says.PaidOtherwise && string.IsNullOrWhiteSpace(statement.Reference))
            return TestimonyOutcome.TextMissing;
        if (statement.Reason.Length > TextMax || statement.Reference.Length > TextMax)
            return TestimonyOutcome.TextTooLong;
        return await database.Write(async transaction =>
        {
            if (await Row(marketplace, statement, transaction) is not { } row) return TestimonyOutcome.NotFound;
            if (!Fits(statement.Says, row.Line)) return TestimonyOutcome.NotNow;
            await transaction.Connection!.ExecuteAsync(
                $"UPDATE money_statement SET withdrawn_at = @now WHERE {Mine} AND approved_at IS NULL AND withdrawn_at "
                    + $"IS NULL",
                Of(statement, database.Now(), marketplace), transaction);
            await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO money_statement (order_id, statement, marketplace, suffix, obligation, payment, part, says,
                    reference, reason, stated_by, stated_at)
                VALUES (@Order, @Id, @marketplace, @Suffix, @Obligation, @Payment, @Part, @says, @Reference, @Reason,
                    @StatedBy, @now)
                """, Of(statement, database.Now(), marketplace), transaction);
            return TestimonyOutcome.Done;
        }, stop);
    }

    /// <summary>Somebody else approves it: it counts from now on.</summary>
    public async Task<TestimonyOutcome> Approve(
        MarketplaceId marketplace, OrderId order, string id, string person, CancellationToken stop = default)
    {
        var (outcome, dispute) = await database.Write(async transaction =>
        {
            if (await Open(marketplace, order, id, transaction) is not { } statement)
                return (TestimonyOutcome.NotFound, (DisputeId?)null);
            if (statement.StatedBy == person) return (TestimonyOutcome.SamePerson, null);
            if (await Row(marketplace, statement, transaction) is not { } row || !Fits(statement.Says, row.Line))
                return (TestimonyOutcome.NotNow, null);
            await Count(statement, row, person, transaction);
            return (TestimonyOutcome.Done, statement.Dispute);
        }, stop);
        if (dispute is { } settled) await door.Replan(settled, stop);
        return outcome;
    }

    public async Task<IReadOnlyList<Testimony>> Waiting(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return [.. (await connection.QueryAsync<StatementRow>(
            $"{StatementRow.Columns} WHERE marketplace = @marketplace AND approved_at IS NULL AND withdrawn_at IS NULL "
                + $"ORDER BY stated_at",
            new { marketplace })).Select(row => row.Statement)];
    }

    private static bool Fits(Says says, RefundLine line) => says switch
    {
        Says.Paid => line.IsOnItsWay || line.State == RefundState.Failed && !line.GivenUp,
        Says.NotPaid => line.IsOnItsWay,
        Says.TryAnew or Says.PaidOtherwise => line.State == RefundState.Failed && !line.GivenUp,
    };

    private async Task Count(Testimony statement, RefundRow row, string person, DbTransaction transaction)
    {
        var (line, now) = (row.Line, database.Now());
        var cause = new MoneyCause(now, $"statement:{statement.Id}", IsOurs: false);
        using var money = new MoneyStatements(transaction.Connection!);
        var after = statement.Says switch
        {
            Says.Paid => line with { State = RefundState.Succeeded },
            Says.NotPaid => line with { State = RefundState.Failed },
            Says.TryAnew or Says.PaidOtherwise => line with { GivenUp = true },
        };
        money.Apply(row.Dispute, [new(line, after)], cause, transaction);
        if (statement.Says == Says.PaidOtherwise) await PayOtherwise(row, line, money, cause, transaction);
        await transaction.Connection!.ExecuteAsync(
            $"""
            UPDATE refund SET told = @told, next_at = @next, provider_id = COALESCE(provider_id,
                @Reference) WHERE {Mine}
            """,
            Of(statement, now, null, new
            {
                told = statement.Says is Says.Paid or Says.NotPaid ? 0 : 1,
                next = statement.Says is Says.Paid or Says.NotPaid ? now : (Instant?)null,
            }), transaction);
        await transaction.Connection!.ExecuteAsync(
            "UPDATE money_statement SET approved_by = @person, approved_at = @now WHERE order_id = @Order AND "
                + "statement = @Id",
            Of(statement, now, null, new { person }), transaction);
        await transaction.Connection!.ExecuteAsync(
            """
            UPDATE money_task SET done_at = @now, done_by = @person WHERE order_id = @Order AND done_at IS NULL
              AND task IN (@unknown, @failed)
            """, Of(statement, now, null,
                new { person, unknown = $"unknown:{row.Key}", failed = $"failed:{row.Key}" }), transaction);
        await transaction.Connection!.ExecuteAsync(
            "UPDATE order_head SET version = version + 1 WHERE order_id = @Order", Of(statement, now, null),
            transaction);
        OutsideFacts.StopIfOverpaid(row.Dispute.Order, money, cause, transaction);
    }

    /// <summary>What came by another way stands as a part of its own, beside the one that failed.</summary>
    private static async Task PayOtherwise(
        RefundRow row, RefundLine line, MoneyStatements money, MoneyCause cause, DbTransaction transaction)
    {
        var parts = await transaction.Connection!.ExecuteScalarAsync<int>(
            """
            SELECT max(part) FROM refund
            WHERE order_id = @OrderId AND suffix = @Suffix AND obligation = @Obligation AND payment = @Payment
            """, row, transaction);
        var other = line with
        {
            Part = parts + 1, Way = RefundWay.Outside, State = RefundState.Succeeded, WasSent = false, GivenUp = false,
        };
        money.Apply(row.Dispute, [new(null, other)], cause, transaction);
        await transaction.Connection!.ExecuteAsync(
            """
            UPDATE refund SET told = 0, next_at = @at WHERE order_id = @OrderId AND suffix = @Suffix
              AND obligation = @Obligation AND payment = @Payment AND part = @part
            """, new { row.OrderId, row.Suffix, row.Obligation, row.Payment, part = other.Part,
                at = cause.At }, transaction);
    }

    private static async Task<RefundRow?> Row(
        MarketplaceId marketplace, Testimony statement, DbTransaction transaction) =>
        await transaction.Connection!.QuerySingleOrDefaultAsync<RefundRow>(
            $"{RefundRow.Columns} WHERE {Mine} AND marketplace = @marketplace", Of(statement, default, marketplace),
            transaction);

    private static async Task<Testimony?> Open(
        MarketplaceId marketplace, OrderId order, string id, DbTransaction transaction) =>
        (await transaction.Connection!.QuerySingleOrDefaultAsync<StatementRow>(
            $"""
            {StatementRow.Columns} WHERE order_id = @order AND statement = @id AND marketplace = @marketplace
              AND approved_at IS NULL AND withdrawn_at IS NULL
            """, new { order, id, marketplace }, transaction))?.Statement;

    private static DynamicParameters Of(
        Testimony statement, Instant now, MarketplaceId? marketplace, object? more = null)
    {
        var values = new DynamicParameters(more);
        values.AddDynamicParams(new
        {
            statement.Dispute.Order, statement.Dispute.Suffix, statement.Id, statement.Obligation, statement.Payment,
            statement.Part, says = Codes.Of(statement.Says), statement.Reference, statement.Reason,
            statement.StatedBy, now,
        });
        if (marketplace is { } here) values.Add("marketplace", here.Value);
        return values;
    }

    private sealed class StatementRow
    {
        public const string Columns =
            """
            SELECT order_id, statement AS id, suffix, obligation, payment, part, says, reference, reason, stated_by,
                stated_at
            FROM money_statement
            """;

        public required string OrderId { get; init; }
        public required string Id { get; init; }
        public required string Suffix { get; init; }
        public int Obligation { get; init; }
        public required string Payment { get; init; }
        public int Part { get; init; }
        public required string Says { get; init; }
        public required string Reference { get; init; }
        public required string Reason { get; init; }
        public required string StatedBy { get; init; }
        public long StatedAt { get; init; }

        public Testimony Statement => new(
            new(new(OrderId), Suffix), Id, Obligation, Payment, Part, RefundRow.Read<Says>(Says), Reference,
            Reason, StatedBy,
            Micros.From(StatedAt));
    }
}

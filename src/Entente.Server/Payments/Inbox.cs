using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>What became of a provider's message.</summary>
public enum InboundState
{
    Waiting,
    Done,
    /// <summary>A type that says nothing about refunds or chargebacks; kept all the same.</summary>
    NotForUs,
    /// <summary>About a payment that no order here has; looked at again once one has.</summary>
    NoPayment,
    /// <summary>Nothing can be made of it: a person looks.</summary>
    Broken,
}

/// <summary>A message of a provider as it was received.</summary>
/// <param name="Endpoint">Whose it is: the marketplace.</param>
/// <param name="Id">The provider's own id of it; a second of the same id is the same.</param>
/// <param name="SaidAt">When the provider says that it happened.</param>
public sealed record InboundMessage(
    MarketplaceId Endpoint, string Id, string Kind, Instant SaidAt, Instant ReceivedAt, byte[] Bytes,
    InboundState State = InboundState.Waiting, string? Why = null, int Attempts = 0);

/// <summary>Messages of providers, kept raw: taken in at once, handled
/// afterwards, at least once each and in any order.</summary>
public sealed class Inbox(Database database)
{
    private const int TriesMax = 12;
    private const int WhyMax = 500;
    private static readonly Duration Lease = Duration.FromMinutes(2);
    private static readonly Duration FirstPause = Duration.FromSeconds(5);
    private const string Columns =
        "SELECT endpoint, message, kind, said_at, received_at, bytes, state, why, attempts FROM inbound";

    /// <summary>Keeps it; false for one that is here already.</summary>
    public Task<bool> Take(InboundMessage message, CancellationToken stop = default) =>
        database.Write(async transaction =>
        await transaction.Connection!.ExecuteAsync(
            """
            INSERT INTO inbound (endpoint, message, kind, said_at, received_at, bytes, state, next_at)
            VALUES (@Endpoint, @Id, @Kind, @SaidAt, @ReceivedAt, @Bytes, 'waiting', @ReceivedAt)
            ON CONFLICT (endpoint, message) DO NOTHING
            """, message, transaction) > 0, stop);

    /// <summary>The instant everything is judged by.</summary>
    public Instant Now() => database.Now();

    public async Task<Instant?> Next(CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return RefundRow.At(await connection.ExecuteScalarAsync<long?>(
            """
            SELECT min(CASE WHEN lease_until > next_at THEN lease_until ELSE next_at END) FROM inbound
            WHERE next_at IS NOT NULL
            """));
    }

    /// <summary>Leases what waits.</summary>
    public Task<IReadOnlyList<InboundMessage>> Lend(int count, CancellationToken stop = default) =>
        database.Write<IReadOnlyList<InboundMessage>>(async transaction =>
        {
            var now = database.Now();
            var rows = (await transaction.Connection!.QueryAsync<Row>(
                $"{Columns} WHERE next_at <= @now AND COALESCE(lease_until, 0) <= @now ORDER BY next_at LIMIT @count",
                new { now, count }, transaction)).ToList();
            foreach (var row in rows)
                await transaction.Connection!.ExecuteAsync(
                    "UPDATE inbound SET lease_until = @until WHERE endpoint = @Endpoint AND message = @Message",
                    new { row.Endpoint, row.Message, until = now + Lease }, transaction);
            return [.. rows.Select(row => row.Inbound)];
        }, stop);

    /// <summary>It has been handled, or nothing is to be done about it now.</summary>
    public Task Handled(InboundMessage message, InboundState state, string? why = null, string? subject = null) =>
        database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            UPDATE inbound SET state = @state, why = @why, subject = @subject, handled_at = @now, next_at = NULL,
                lease_until = NULL
            WHERE endpoint = @Endpoint AND message = @Id
            """,
            new { state = Codes.Of(state), why = Short(
                why), subject, now = database.Now(), message.Endpoint, message.Id },
            transaction));

    /// <summary>It could not be handled now: again after a pause, and in the end by a person.</summary>
    public Task Later(InboundMessage message, string why) => message.Attempts + 1 >= TriesMax
        ? Handled(message, InboundState.Broken, why)
        : database.Write(transaction => transaction.Connection!.ExecuteAsync(
            """
            UPDATE inbound SET attempts = attempts + 1, why = @why, next_at = @next, lease_until = NULL
            WHERE endpoint = @Endpoint AND message = @Id
            """,
            new
            {
                why = Short(why), next = Micros.Floor(database.Now() + FirstPause * Math.Pow(2, message.Attempts)),
                message.Endpoint, message.Id,
            }, transaction));

    /// <summary>The newest messages of a marketplace, of one state if wished.</summary>
    public async Task<IReadOnlyList<InboundMessage>> Newest(
        MarketplaceId marketplace, int count, InboundState? state = null, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(
            $"{Columns} WHERE endpoint = @marketplace AND (@state IS NULL OR state = @state) ORDER BY received_at DESC "
                + $"LIMIT @count",
            new { marketplace, count, state = state is { } wanted ? Codes.Of(wanted) : null });
        return [.. rows.Select(row => row.Inbound)];
    }

    private static string? Short(string? why) => why is null || why.Length <= WhyMax ? why : why[..WhyMax];

    private sealed class Row
    {
        public required string Endpoint { get; init; }
        public required string Message { get; init; }
        public required string Kind { get; init; }
        public long SaidAt { get; init; }
        public long ReceivedAt { get; init; }
        public byte[] Bytes { get; init; } = [];
        public required string State { get; init; }
        public string? Why { get; init; }
        public int Attempts { get; init; }

        public InboundMessage Inbound => new(
            new(Endpoint), Message, Kind, Micros.From(SaidAt), Micros.From(ReceivedAt), Bytes,
            RefundRow.Read<InboundState>(State), Why, Attempts);
    }
}

using Entente.Domain;
using Entente.Domain.Payments;
using Entente.Domain.Policies;
using Entente.Server.Storage;

namespace Entente.Server.Payments;

/// <summary>A refund as its row has it.</summary>
internal sealed class RefundRow
{
    public const string Columns =
        """
        SELECT order_id, suffix, obligation, payment, part, marketplace, key, way, state, amount, given_up,
            provider_id, why,
            made_at, sent_at, changed_at, told, next_at, attempts FROM refund
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
    public string? Why { get; init; }
    public long MadeAt { get; init; }
    public long? SentAt { get; init; }
    public long ChangedAt { get; init; }
    public bool Told { get; init; }
    public long? NextAt { get; init; }
    public int Attempts { get; init; }

    public DisputeId Dispute => new(new(OrderId), Suffix);

    public RefundLine Line => new(
        Obligation, Payment, Part, Amount, Read<RefundWay>(Way), Read<RefundState>(State), SentAt is not null, GivenUp);

    public static T Read<T>(string code) where T : struct, Enum => Codes.TryParse<T>(code, out var value)
        ? value
        : throw new InvalidOperationException($"'{code}' is no {typeof(T).Name} that this version knows.");

    public static Instant? At(long? micros) => micros is { } at ? Micros.From(at) : null;
}

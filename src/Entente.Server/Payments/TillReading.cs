using System.Data.Common;
using Entente.Domain;
using Entente.Domain.Payments;
using Entente.Domain.Policies;

namespace Entente.Server.Payments;

/// <summary>Which providers the centre can have give money back, for which marketplace.</summary>
public sealed class ProviderAccess(IEnumerable<RefundProvider> providers)
{
    private readonly Dictionary<string, RefundProvider> _providers = providers.ToDictionary(provider => provider.Name);

    public bool Sends(MarketplaceId marketplace, string? provider, string? reference) =>
        provider is not null && reference is not null && _providers.TryGetValue(provider, out var known)
        && known.Serves(marketplace);
}

/// <summary>Reads an order's payments, and what a dispute has set aside of them, out of two statements' rows.</summary>
internal sealed class TillReading(ProviderAccess? access)
{
    public const string Sql =
        """
        SELECT payment, method, provider, provider_ref, captured, reserved, refunded, outside, charged_back, matched,
            marketplace
        FROM payment_balance WHERE order_id = @order_id ORDER BY place, payment;
        SELECT obligation, payment, part, amount, way, state, sent_at, given_up
        FROM refund WHERE order_id = @order_id AND suffix = @suffix ORDER BY obligation, payment, part
        """;

    public OrderTill Of(DbDataReader rows)
    {
        var payments = Payments(rows);
        rows.NextResult();
        return new(payments, Lines(rows));
    }

    private ValueList<PaymentBalance> Payments(DbDataReader rows)
    {
        var payments = new List<PaymentBalance>();
        while (rows.Read())
        {
            var (provider, reference) = (Text(rows, 2), Text(rows, 3));
            payments.Add(new(
                rows.GetString(0), rows.GetString(1), provider, reference, rows.GetInt64(4), rows.GetInt64(5),
                rows.GetInt64(6), rows.GetInt64(7), rows.GetInt64(8), rows.GetInt64(9),
                access?.Sends(new(rows.GetString(10)), provider, reference) ?? false));
        }
        return payments.ToValueList();
    }

    private static ValueList<RefundLine> Lines(DbDataReader rows)
    {
        var lines = new List<RefundLine>();
        while (rows.Read())
            lines.Add(new(
                rows.GetInt32(0), rows.GetString(1), rows.GetInt32(2), rows.GetInt64(3),
                RefundRow.Read<RefundWay>(rows.GetString(4)), RefundRow.Read<RefundState>(rows.GetString(5)),
                !rows.IsDBNull(6), rows.GetInt64(7) != 0));
        return lines.ToValueList();
    }

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Entente.Domain.Disputes;
using NodaTime.Text;

namespace Entente.Tests.Api;

/// <summary>
/// Real orders and complaints of a Brazilian marketplace, as docs/real-data.md maps them to ours. They lie beside the
/// repository, are never part of it, and only the cases that need them are skipped where they are absent.
/// </summary>
internal static class OlistData
{
    public const string Currency = "BRL";
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/Sao_Paulo"];
    private static readonly LocalDateTimePattern Written =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    /// <summary>Every order as the bulk import takes it, one JSON a line.</summary>
    public static IEnumerable<string> OrderLines()
    {
        using var file = File.OpenRead(Path.Combine(SharedData.Folder("olist"), "orders.ndjson.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var order = JsonDocument.Parse(line);
            yield return JsonSerializer.Serialize(Order(order.RootElement));
        }
    }

    /// <summary>The labelled complaints, with the seller each is about: none where the order has no lines.</summary>
    public static IReadOnlyList<Complaint> Complaints()
    {
        var orders = OrderLines().Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(order => order.GetProperty("external_id").GetString()!);
        var taken = new HashSet<(string, string)>();
        return Csv(File.ReadAllText(Path.Combine(SharedData.Folder("olist"), "complaints_labelled.csv"))).Skip(1)
            .Select(row => Complained(orders[row[0]], row[2], row[5], taken))
            .ToList();
    }

    private static object Order(JsonElement order)
    {
        var id = order.GetProperty("order_id").GetString();
        return new
        {
            external_id = id,
            buyer = new
                { external_id = order.GetProperty("buyer").GetProperty("unique_id").GetString(), language = "pt" },
            currency = Currency,
            status = Status(order.GetProperty("status").GetString()!),
            placed_at = At(order, "purchased_at"),
            paid_at = At(order, "approved_at"),
            shipped_at = At(order, "shipped_at"),
            delivered_at = At(order, "delivered_at"),
            delivery_expected_at = At(order, "estimated_delivery"),
            lines = order.GetProperty("items").EnumerateArray().Select(item => new
            {
                no = item.GetProperty("line").GetInt32(),
                seller = new { external_id = item.GetProperty("seller_id").GetString(), language = "pt" },
                title = item.GetProperty("category_en").GetString()
                    ?? item.GetProperty("category").GetString() ?? "item",
                sku = item.GetProperty("product_id").GetString(),
                units = 1,
                unit_price = Money(item.GetProperty("price")),
                freight = Money(item.GetProperty("freight")),
            }),
            payments = order.GetProperty("payments").EnumerateArray().Select(payment => new
            {
                id = $"{id}-{payment.GetProperty("seq").GetInt32()}",
                method = payment.GetProperty("type").GetString(),
                captured = Money(payment.GetProperty("value")),
            }),
        };
    }

    private static object Money(JsonElement amount) =>
        new { minor = (long)decimal.Round(amount.GetDecimal() * 100), currency = Currency };

    private static string? At(JsonElement order, string name) => order.GetProperty(name).GetString() is { } text
        ? InstantPattern.General.Format(Written.Parse(text).Value.InZoneLeniently(Zone).ToInstant())
        : null;

    private static string Status(string theirs) => theirs switch
    {
        "created" => "placed",
        "approved" or "invoiced" or "processing" => "paid",
        "shipped" or "delivered" => theirs,
        "canceled" or "unavailable" => "cancelled",
        _ => throw new InvalidDataException($"An order is '{theirs}'."),
    };

    private static Complaint Complained(JsonElement order, string label, string text, HashSet<(string, string)> taken)
    {
        var id = order.GetProperty("external_id").GetString()!;
        var sellers = order.GetProperty("lines").EnumerateArray()
            .GroupBy(line => line.GetProperty("seller").GetProperty("external_id").GetString()!)
            .OrderByDescending(lines => lines.Sum(Value))
            .ToList();
        var seller = sellers.FirstOrDefault(lines => taken.Add((id, lines.Key))) ?? sellers.FirstOrDefault();
        return new(
            id, order.GetProperty("buyer").GetProperty("external_id").GetString()!, seller?.Key,
            [.. seller?.Select(line => line.GetProperty("no").GetInt32()) ?? []], label, ReasonOf(label), text);
    }

    private static long Value(JsonElement line) => Minor(line, "unit_price") + Minor(line, "freight");

    private static long Minor(JsonElement line, string name) => line.GetProperty(name).GetProperty("minor").GetInt64();

    public static Reason ReasonOf(string label) => label switch
    {
        "not_received" or "pickup_post_office" => Reason.NotReceived,
        "late" => Reason.Late,
        "wrong_item" => Reason.WrongItem,
        "not_as_described" => Reason.NotAsDescribed,
        "damaged_defective" => Reason.Damaged,
        "incomplete_missing_items" => Reason.Incomplete,
        "counterfeit" => Reason.Counterfeit,
        "cancel_or_refund_problem" => Reason.RefundNotReceived,
        "seller_service" or "other" => Reason.Other,
        _ => throw new InvalidDataException($"A complaint is labelled '{label}'."),
    };

    /// <summary>Fields of RFC 4180: quoted ones may hold commas, quotes and line feeds.</summary>
    private static IEnumerable<List<string>> Csv(string text)
    {
        var (row, field, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (quoted && letter == '"' && index + 1 < text.Length && text[index + 1] == '"')
                field.Append(text[index++]);
            else if (letter == '"') quoted = !quoted;
            else if (quoted || letter is not (',' or '\n' or '\r')) field.Append(letter);
            else if (letter == ',') Next();
            else if (letter == '\n')
            {
                Next();
                yield return row;
                row = [];
            }
        }

        void Next()
        {
            row.Add(field.ToString());
            field.Clear();
        }
    }
}

/// <summary>A labelled complaint on our terms.</summary>
/// <param name="Seller">The seller of most of the order's value whom no earlier
/// complaint is about; null where there is none.</param>
internal sealed record Complaint(
    string Order, string Buyer, string? Seller, IReadOnlyList<int> Lines, string Label, Reason Reason, string Text);

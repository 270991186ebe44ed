using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Entente.Server.Payments;

namespace Entente.Tests.Payments;

/// <summary>Stripe's real events, with only what ties them to a test changed: ids, amounts, times, the mode.</summary>
internal static class StripeEvents
{
    private static int _made;

    public static IEnumerable<string> Names => Directory.GetFiles(Folder,
        "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    private static string Folder => SharedData.Folder("payments", "stripe", "webhook-events");

    /// <summary>An event as it was published, with an id of its own.</summary>
    public static JsonObject Raw(string name, bool live = false)
    {
        var read = (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!;
        read["id"] = $"evt_{Interlocked.Increment(ref _made)}";
        read["livemode"] = live;
        return read;
    }

    /// <summary>The same about a charge of ours.</summary>
    public static JsonObject About(string name, string charge, long amount, Instant at, string? dispute = null,
        string? status = null)
    {
        var read = Raw(name);
        read["created"] = at.ToUnixTimeSeconds();
        var thing = (JsonObject)read["data"]!["object"]!;
        var isCharge = thing["object"]!.GetValue<string>() == "charge";
        thing[isCharge ? "id" : "charge"] = charge;
        if (!isCharge) thing["amount"] = amount;
        thing["currency"] = "eur";
        if (dispute is not null && thing.ContainsKey("id")) thing["id"] = dispute;
        if (status is not null) thing["status"] = status;
        foreach (var refund in thing["refunds"]?["data"]?.AsArray() ?? [])
        {
            refund!["amount"] = amount;
            refund["currency"] = "eur";
            refund["id"] = dispute ?? refund["id"]!.GetValue<string>();
        }
        return read;
    }

    public static string Sign(string body, string secret, Instant at)
    {
        var time = at.ToUnixTimeSeconds();
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }

    public static InboundMessage Message(JsonObject happened, Domain.MarketplaceId marketplace, Instant received) =>
        new(
        marketplace, happened["id"]!.GetValue<string>(), happened["type"]!.GetValue<string>(),
        Instant.FromUnixTimeSeconds(happened["created"]!.GetValue<long>()), received,
            Encoding.UTF8.GetBytes(happened.ToJsonString()));
}

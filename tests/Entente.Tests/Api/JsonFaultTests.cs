using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Api;

namespace Entente.Tests.Api;

public sealed class JsonFaultTests
{
    private sealed record Line(int Units, Reason Reason, Money? Price = null);

    private sealed record Body(string OrderId, IReadOnlyList<Line> Items, Instant? At = null);

    [Theory]
    [InlineData("""{"order_id":"1","items":[{"units":1,"reason":"damaged","extra":1}]}""", ProblemCode.UnknownMember,
        "items[0].extra")]
    [InlineData("""{"order_id":"1","items":[],"status":"closed"}""", ProblemCode.UnknownMember, "status")]
    [InlineData("""{"order_id":"1","Items":[]}""", ProblemCode.UnknownMember, "Items")]
    [InlineData("""{"order_id":"1","order_id":"2","items":[]}""", ProblemCode.DuplicateMember, "order_id")]
    [InlineData("""{"items":[]}""", ProblemCode.MissingMember, "order_id")]
    [InlineData("""{"order_id":"1","items":[{"reason":"damaged"}]}""", ProblemCode.MissingMember, "items[0].units")]
    [InlineData("""{"order_id":1,"items":[]}""", ProblemCode.WrongType, "order_id")]
    [InlineData("""{"order_id":null,"items":[]}""", ProblemCode.WrongType, "order_id")]
    [InlineData("""{"order_id":"1","items":{}}""", ProblemCode.WrongType, "items")]
    [InlineData("""{"order_id":"1","items":[{"units":"1","reason":"damaged"}]}""", ProblemCode.WrongType,
        "items[0].units")]
    [InlineData("""{"order_id":"1","items":[{"units":1.5,"reason":"damaged"}]}""", ProblemCode.WrongType,
        "items[0].units")]
    [InlineData("""{"order_id":"1","items":[{"units":9e99,"reason":"damaged"}]}""", ProblemCode.WrongType,
        "items[0].units")]
    [InlineData("""{"order_id":"1","items":[{"units":1,"reason":"Damaged"}]}""", ProblemCode.WrongType,
        "items[0].reason")]
    [InlineData("""{"order_id":"1","items":[{"units":1,"reason":4}]}""", ProblemCode.WrongType, "items[0].reason")]
    [InlineData("""{"order_id":"1","items":[{"units":1,"reason":"damaged","price":{"minor":1}}]}""",
        ProblemCode.MissingMember, "items[0].price.currency")]
    [InlineData("""{"order_id":"1","items":[],"at":"yesterday"}""", ProblemCode.WrongType, "at")]
    [InlineData("""{"order_id":"1","items":[],}""", ProblemCode.MalformedJson, null)]
    [InlineData("""{"order_id":"1" """, ProblemCode.MalformedJson, null)]
    [InlineData("", ProblemCode.MalformedJson, null)]
    [InlineData("[]", ProblemCode.WrongType, null)]
    public void What_is_wrong_is_named_by_kind_and_by_field(string json, ProblemCode code, string? field)
    {
        var fault =
            JsonFault.Of(Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Body>(json, ApiJson.Options)));
        Assert.Equal(code, fault.Code);
        if (code != ProblemCode.MalformedJson) Assert.Equal(field, fault.Field);
    }

    [Fact]
    public void What_is_right_is_read_and_written_in_one_spelling()
    {
        const string Json =
            """{"order_id":"1","items":[{"units":2,"reason":"not_received","price":{"minor":1250,"currency":"EUR"}}],"""
            + "\"at\":\"2026-11-23T09:00:00.000001Z\"}";
        var body = JsonSerializer.Deserialize<Body>(Json, ApiJson.Options)!;
        Assert.Equal(new Money(1250, "EUR"), body.Items[0].Price);
        Assert.Equal(Json, JsonSerializer.Serialize(body, ApiJson.Options));
        var east = JsonSerializer.Deserialize<Instant>("\"2026-11-23T10:00:00.0000019+01:00\"", ApiJson.Options);
        Assert.Equal("\"2026-11-23T09:00:00.000001Z\"", JsonSerializer.Serialize(east, ApiJson.Options));
    }
}

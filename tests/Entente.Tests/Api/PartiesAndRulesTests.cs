using System.Text;

namespace Entente.Tests.Api;

/// <summary>A marketplace names its parties and publishes its rules.</summary>
public class PartiesAndRulesTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    [Fact]
    public async Task A_party_gets_a_name_a_language_and_its_people()
    {
        const string Address = "/v1/parties/seller/s-9";
        await house.Market.Must("PUT", Address, """
            {"name":"Nine","language":"fr","people":[{"login":"ann","name":"Ann","email":"ann@nine.example"},
                                                     {"login":"bob","name":"Bob","email":"bob@nine.example"}]}
            """);
        await house.Market.Must("PUT", Address,
            """{"people":[{"login":"bob","name":"Bob","email":"bob@nine.example"}]}""");
        var read = await house.Market.Must("GET", Address);
        Assert.Equal(("Nine", "fr", "active"), (read.Text("name"), read.Text("language"), read.Text("status")));
        Assert.Equal(["bob"], read.Json.GetProperty("people").EnumerateArray()
            .Select(person => person.GetProperty("login").GetString()));
    }

    [Theory]
    [InlineData("/v1/parties/seller/s-8", """{"language":"?"}""", 422, "language_refused", "language")]
    [InlineData("/v1/parties/seller/s-8", """{"people":[{"login":"a","name":"A","email":"nowhere"}]}""", 422,
        "email_refused", "people[0].email")]
    [InlineData("/v1/parties/seller/s-8", """{"people":[{"login":"a","name":"A"}]}""", 400, "missing_member",
        "people[0].email")]
    [InlineData("/v1/parties/examiner/s-8", "{}", 404, "not_found", null)]
    public async Task A_party_that_cannot_be(string address, string json, int status, string code, string? field)
    {
        var reply = await house.Market.Send("PUT", address, json);
        Assert.Equal((status, code, field), (reply.Status, reply.Code, reply.Field));
        Assert.Equal(404, (await house.Market.Send("GET", address)).Status);
    }

    [Fact]
    public async Task Rules_are_read_whole_in_short_and_as_a_timetable()
    {
        Assert.Equal("test", (await house.Buyer.Must("GET", "/v1/policies/current")).Text("id"));
        Assert.Equal(TestPolicy.Bytes, (await house.Buyer.Must("GET", "/v1/policies/current/document")).Bytes);
        var lines = (await house.Buyer.Must("GET", "/v1/policies/current/timetable?reason=damaged&remedy=full_refund"))
            .Json.GetProperty("lines");
        Assert.Equal("2026-11-05T09:00:00.000000Z", lines[0].GetProperty("due_at").GetString());
        var wrong = await house.Buyer.Send("GET", "/v1/policies/current/timetable?reason=damaged");
        Assert.Equal((400, "remedy"), (wrong.Status, wrong.Field));
    }

    [Fact]
    public async Task Rules_are_published_once_and_refused_with_every_problem()
    {
        await using var own = new ApiHouse();
        await own.InitializeAsync();
        var changed = TestPolicy.Text.Replace("within: 3 days", "within: 4 days", StringComparison.Ordinal);
        foreach (var version in new[] { 2, 2 })
        {
            var published = await own.Market.Send("POST", "/v1/policies", changed, type: "application/yaml");
            Assert.Equal((201, version), (published.Status, published.Json.GetProperty("version").GetInt32()));
        }
        var broken = changed.Replace("4 days", "soon", StringComparison.Ordinal)
            .Replace("count: 1", "count: some", StringComparison.Ordinal);
        var refused = await own.Market.Send("POST", "/v1/policies", broken, type: "application/yaml");
        Assert.Equal((422, "policy_refused"), (refused.Status, refused.Code));
        var problems = refused.Json.GetProperty("arguments").GetProperty("problems");
        Assert.True(problems.GetArrayLength() >= 2, Encoding.UTF8.GetString(refused.Bytes));
        Assert.Equal("not_a_span", problems[0].GetProperty("code").GetString());
        Assert.Equal(403, (await own.Buyer.Send("POST", "/v1/policies", changed, type: "application/yaml")).Status);
        Assert.Equal((415, "media_type_unsupported"),
            (await own.Market.Send("POST", "/v1/policies", "{}") is var no ? (no.Status, no.Code) : default));
    }
}

using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Tests.Api;

/// <summary>S9, S11 and S16 by API: not satisfied, taken up again, not honoured.</summary>
public class AfterOutcomePathTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Decision = """
        {"findings":[{"question":{"en":"Was it broken?","fr":"Cassée ?"},"answer":"in_part","clause":"as-described",
          "relied_on":[]}],
         "lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],"amount":{"minor":700,"currency":"EUR"}}],
         "reasons":{"en":"In part.","fr":"En partie."}}
        """;

    [Fact]
    public async Task S9_a_decision_is_looked_at_once_more_by_somebody_else()
    {
        var second = await SecondExaminer();
        var dispute = await house.Review();
        await house.Examiner.Must("POST", $"{dispute}/decision", Decision);
        Assert.Contains("appeal", await Actions(house.Buyer, dispute));
        var early = await house.Buyer.Send("POST", $"{dispute}/appeal", """{"findings":[2],"text":"Look again."}""");
        Assert.Equal((422, "finding_unknown", "findings"), (early.Status, early.Code, early.Field));
        var filed = await house.Buyer.Send("POST", $"{dispute}/appeal", """{"findings":[1],"text":"Look again."}""");
        Assert.Equal((201, "appeal"), (filed.Status, filed.Text("stage")));
        var own = await house.Examiner.Send("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        Assert.Equal((403, "examiner_decided_before"), (own.Status, own.Code));
        await second.Must("PUT", $"{dispute}/assignment", """{"examiner":"max"}""");
        var times = new[] { (house.Buyer, "evidence"), (house.Seller, "evidence"), (house.Seller, "joining") };
        foreach (var (side, kind) in times)
            await side.Must("POST", $"{dispute}/terms/{await ApiHouse.TermOf(side, dispute, kind)}/waiver", "{}");
        var worse = await second.Send("POST", $"{dispute}/decision",
            Decision.Replace("700", "600", StringComparison.Ordinal).Insert(1, "\"result\":\"varied\","));
        Assert.Equal((422, "appellant_made_worse"), (worse.Status, worse.Code));
        await second.Must("POST", $"{dispute}/decision",
            Decision.Replace("700", "1000", StringComparison.Ordinal).Insert(1, "\"result\":\"varied\","));
        var read = await house.Buyer.Must("GET", dispute);
        var outcomes = read.Json.GetProperty("outcomes");
        Assert.Equal((2, false, true), (outcomes[0].GetProperty("replaced_by").GetInt32(),
            outcomes[0].GetProperty("stands").GetBoolean(), outcomes[1].GetProperty("stands").GetBoolean()));
        Assert.NotEmpty(outcomes[0].GetProperty("reasons").EnumerateArray());
        var appeal = read.Json.GetProperty("after_outcome").GetProperty("appeals")[0];
        Assert.Equal("varied", appeal.GetProperty("state").GetString());
        var owed = read.Json.GetProperty("obligations")[1].GetProperty("amount");
        Assert.Equal(1000, owed.GetProperty("minor").GetInt32());
        var again = await house.Buyer.Send("POST", $"{dispute}/appeal", """{"findings":[1],"text":"Once more."}""");
        Assert.Equal((409, "nothing_to_appeal"), (again.Status, again.Code));
    }

    [Fact]
    public async Task S11_a_closed_dispute_is_taken_up_again_where_the_order_is_not_completed()
    {
        var dispute = await house.Dispute();
        await house.Buyer.Must("POST", $"{dispute}/closure", """{"reason":"no_longer_pursued","confirmed":true}""");
        var read = await house.Buyer.Must("GET", dispute);
        Assert.Contains("order_not_completed", read.Json.GetProperty("after_outcome").GetProperty("reopening_grounds")
            .EnumerateArray().Select(ground => ground.GetString()));
        var key = Guid.NewGuid().ToString();
        const string Body = """{"ground":"order_not_completed","text":"It broke again."}""";
        var asked = await house.Buyer.Send("POST", $"{dispute}/reopening", Body, key);
        var replay = await house.Buyer.Send("POST", $"{dispute}/reopening", Body, key);
        Assert.Equal((201, "reopening_requested"), (asked.Status, asked.Text("stage")));
        Assert.Equal("true", replay.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.DoesNotContain("grant_reopening", await Actions(house.Buyer, dispute));
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        var granted = await house.Examiner.Must("POST", $"{dispute}/reopening/grant", """{"text":"Go on."}""");
        Assert.Equal("review", granted.Text("stage"));
        Assert.Equal(["evidence", "evidence", "decision"], granted.Json.GetProperty("agenda").EnumerateArray()
            .Select(term => term.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task S16_what_is_not_honoured_after_closing_is_reported_and_the_platform_takes_measures()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/offers/1/acceptance");
        await house.Seller.Must("POST", $"{dispute}/obligations/1/performance", """{"reference":"RF-1"}""");
        await house.Buyer.Must("POST", $"{dispute}/closure",
            """{"reason":"refund_received","confirmed":true,"received":true}""");
        var read = await house.Buyer.Must("GET", dispute);
        Assert.Contains(read.Json.GetProperty("afterwards").EnumerateArray(),
            line => line.GetString()!.Contains("honour", StringComparison.Ordinal)
                || line.GetString()!.Contains("respecté", StringComparison.Ordinal));
        var reported = await house.Buyer.Must("POST", $"{dispute}/breaches",
            """{"obligation":1,"text":"The refund was called back."}""");
        Assert.Equal("enforcement", reported.Text("stage"));
        await house.Seller.Must("POST", $"{dispute}/breaches/1/answer", """{"text":"We will look."}""");
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        var wrong = await house.Examiner.Send("POST", $"{dispute}/breaches/1/measures",
            """{"upheld":true,"text":"So.","measures":[{"kind":"pay_from_held_funds"}]}""");
        Assert.Equal((422, "measures[0].amount"), (wrong.Status, wrong.Field));
        var ruled = await house.Examiner.Must("POST", $"{dispute}/breaches/1/measures", """
            {"upheld":true,"text":"It never came.","measures":[{"kind":"warn"}],
             "lines":[{"kind":"full_refund","items":[{"line":1,"units":1}]}]}
            """);
        Assert.Equal("fulfilment", ruled.Text("stage"));
        var seller = await house.Seller.Must("GET", dispute);
        var measure = seller.Json.GetProperty("after_outcome").GetProperty("measures")[0];
        Assert.Equal(("warn", "in_force"),
            (measure.GetProperty("kind").GetString(), measure.GetProperty("state").GetString()));
        await house.Seller.Must("POST", $"{dispute}/measures/1/appeal", """{"text":"It was the bank."}""");
        var own = await house.Examiner.Send(
            "POST", $"{dispute}/measures/1/review", """{"lifted":true,"text":"Lifted."}""");
        Assert.Equal((403, "examiner_decided_before"), (own.Status, own.Code));
    }

    private static async Task<IReadOnlyList<string?>> Actions(ApiHouse.Program reader, string dispute) =>
        [.. (await reader.Must("GET", $"{dispute}/actions")).Json.GetProperty("actions").EnumerateArray()
            .Select(action => action.GetProperty("action").GetString())];

    private async Task<ApiHouse.Program> SecondExaminer()
    {
        var people = house.Server.Get<People>();
        var max = await people.AddPerson(ApiHouse.Marketplace, "max", "Max", "en", "max@market.example");
        await people.Join(ApiHouse.Marketplace, max, Role.Examiner);
        return new(await house.Server.WithKey(ApiHouse.Marketplace, "person:max"));
    }
}

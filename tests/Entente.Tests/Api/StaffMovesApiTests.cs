using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Tests.Api;

/// <summary>
/// By API: what the platform's people do about decisions, about who examines, and about whom they find.
/// </summary>
public class StaffMovesApiTests(ApiHouse house) : IClassFixture<ApiHouse>
{
    private const string Reason = """{"reason":"There is a reason."}""";

    [Fact]
    public async Task An_outcome_by_silence_is_set_aside_and_the_review_begins_anew()
    {
        var dispute = await house.Dispute();
        await house.Seller.Must("POST", $"{dispute}/offers/1/refusal", "{}");
        await house.Buyer.Must("POST", $"{dispute}/complaint", "{}");
        house.Clock.Advance(TimeSpan.FromDays(6));
        var silent = await house.Buyer.Must("GET", dispute);
        Assert.Equal(("fulfilment", "default"),
            (silent.Text("stage"), silent.Json.GetProperty("outcomes")[0].GetProperty("kind").GetString()));
        Assert.Equal(403, (await house.Buyer.Send("POST", $"{dispute}/set-aside", Reason)).Status);
        var operating = await Operator();
        var aside = await operating.Must("POST", $"{dispute}/set-aside", Reason);
        Assert.Equal("review", aside.Text("stage"));
        var read = await house.Buyer.Must("GET", dispute);
        Assert.False(read.Json.GetProperty("outcomes")[0].GetProperty("stands").GetBoolean());
        var again = await operating.Send("POST", $"{dispute}/set-aside", Reason);
        Assert.Equal((409, "stage_does_not_allow"), (again.Status, again.Code));
    }

    [Fact]
    public async Task A_large_decision_is_given_back_written_again_approved_and_its_figure_corrected()
    {
        var (dispute, second) = (await Large(), await Examiner("max"));
        await house.Examiner.Must("POST", $"{dispute}/decision", Decision(60_000));
        Assert.Equal((403, "approver_is_author"), Said(
            await house.Examiner.Send("POST", $"{dispute}/decision/approval", """{"draft":1}""")));
        await second.Must("POST", $"{dispute}/decision/return", """{"draft":1,"reason":"Which clause?"}""");
        await house.Examiner.Must("POST", $"{dispute}/decision", Decision(61_000));
        Assert.Empty((await house.Buyer.Must("GET", dispute)).Json.GetProperty("outcomes").EnumerateArray());
        await second.Must("POST", $"{dispute}/decision/approval", """{"draft":2}""");
        await house.Examiner.Must("POST", $"{dispute}/decision/correction", """
            {"outcome":1,"line":1,"amount":{"minor":60100,"currency":"EUR"},
             "text":{"en":"Two digits had changed places.","fr":"Deux chiffres étaient inversés."}}
            """);
        var read = await house.Seller.Must("GET", dispute);
        Assert.Equal(60_100, read.Json.GetProperty("obligations")[0].GetProperty("amount").GetProperty("minor")
            .GetInt32());
        Assert.Equal(1, read.Json.GetProperty("after_outcome").GetProperty("corrections").GetArrayLength());
    }

    [Fact]
    public async Task An_examiner_is_challenged_and_replaced_and_the_next_one_withdraws()
    {
        var (dispute, third) = (await house.Review(), await Examiner("zoe"));
        await house.Buyer.Must("POST", $"{dispute}/challenge", Reason);
        Assert.Equal((409, "challenge_pending"),
            Said(await house.Examiner.Send("POST", $"{dispute}/decision", Decision(700))));
        var operating = await Operator();
        await operating.Must("POST", $"{dispute}/challenge/ruling", """{"replaced":true,"text":"Somebody else."}""");
        Assert.Equal((403, "examiner_withdrew"),
            Said(await house.Examiner.Send("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""")));
        await third.Must("PUT", $"{dispute}/assignment", """{"examiner":"zoe"}""");
        await third.Must("POST", $"{dispute}/recusal", Reason);
        Assert.Equal((403, "not_assigned_to_you"),
            Said(await third.Send("POST", $"{dispute}/recusal", Reason)));
    }

    [Fact]
    public async Task Other_staff_are_asked_about_a_pattern_and_neither_side_learns_of_it()
    {
        var dispute = await house.Review();
        var before = await house.Seller.Must("GET", dispute);
        await house.Examiner.Must("POST", $"{dispute}/risk", """{"text":"The third broken cup this month?"}""");
        Assert.Equal((409, "referred_before"),
            Said(await house.Examiner.Send("POST", $"{dispute}/risk", """{"text":"And?"}""")));
        await (await Operator()).Must("POST", $"{dispute}/risk/answer", """{"text":"No pattern."}""");
        Assert.Equal(before.Bytes, (await house.Seller.Must("GET", dispute)).Bytes);
    }

    [Fact]
    public async Task An_abuse_is_found_on_exhibits_appealed_and_reversed_by_somebody_else()
    {
        var dispute = await house.Dispute();
        await Exhibit(house.Seller, dispute);
        await Decided(dispute);
        var found = await house.Examiner.Must("POST", $"{dispute}/abuse",
            """{"against":"seller","exhibits":[1],"facts":"The photo is of another parcel."}""");
        Assert.Equal("fulfilment", found.Text("stage"));
        await house.Seller.Must("POST", $"{dispute}/measures/1/appeal", """{"text":"It is ours."}""");
        await (await Operator()).Must(
            "POST", $"{dispute}/measures/1/review", """{"lifted":true,"text":"It is theirs."}""");
        var measure = (await house.Seller.Must("GET", dispute)).Json.GetProperty("after_outcome")
            .GetProperty("measures")[0];
        Assert.Equal("lifted", measure.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_request_for_reopening_is_denied_with_a_reason()
    {
        var dispute = await house.Dispute();
        await house.Buyer.Must("POST", $"{dispute}/closure", """{"reason":"no_longer_pursued","confirmed":true}""");
        await house.Buyer.Must("POST", $"{dispute}/reopening",
            """{"ground":"order_not_completed","text":"It broke again."}""");
        var denied = await (await Operator()).Must("POST", $"{dispute}/reopening/denial",
            """{"text":"Nothing is new."}""");
        Assert.Equal("closed", denied.Text("stage"));
        var request = (await house.Buyer.Must("GET", dispute)).Json.GetProperty("after_outcome")
            .GetProperty("reopenings")[0];
        Assert.Equal(("denied", "Nothing is new."), (request.GetProperty("state").GetString(),
            request.GetProperty("answer").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_contest_is_answered_before_the_decision_and_more_time_is_refused()
    {
        var dispute = await house.Dispute();
        var exhibit = await Exhibit(house.Buyer, dispute);
        await house.Seller.Must("POST", $"{dispute}/evidence/{exhibit}/contests",
            """{"ground":"outdated","text":"That was last year."}""");
        var agenda = (await house.Seller.Must("GET", dispute)).Json.GetProperty("agenda").EnumerateArray();
        var term = agenda.First(line => line.GetProperty("kind").GetString() == "negotiation").GetProperty("term");
        var until = house.Clock.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        await house.Seller.Must("POST", $"{dispute}/extensions", $$"""{"term":{{term}},"until":"{{until}}"}""");
        await house.Buyer.Must("POST", $"{dispute}/extensions/1/refusal", "{}");
        await house.Seller.Must("POST", $"{dispute}/offers/1/refusal", "{}");
        await house.Buyer.Must("POST", $"{dispute}/complaint", "{}");
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        await house.Examiner.Must("POST", $"{dispute}/contests/1/answer",
            """{"answer":"upheld","reasons":{"en":"It was.","fr":"En effet."}}""");
        var contest = (await house.Buyer.Must("GET", dispute)).Json.GetProperty("exchange").GetProperty("contests")[0];
        Assert.Equal("upheld", contest.GetProperty("answer").GetString());
    }

    private async Task Decided(string dispute)
    {
        await house.Seller.Must("POST", $"{dispute}/offers/1/refusal", "{}");
        await house.Buyer.Must("POST", $"{dispute}/complaint", "{}");
        await house.Examiner.Must("PUT", $"{dispute}/assignment", """{"examiner":"eve"}""");
        foreach (var side in new[] { house.Buyer, house.Seller })
            await side.Must("POST", $"{dispute}/terms/{await ApiHouse.TermOf(side, dispute, "evidence")}/waiver", "{}");
        await house.Examiner.Must("POST", $"{dispute}/decision",
            Decision(700).Replace("\"relied_on\":[]", "\"relied_on\":[1]", StringComparison.Ordinal));
    }

    /// <summary>In review, about a cup of 614.00.</summary>
    private async Task<string> Large()
    {
        var id = $"L-{Guid.NewGuid():N}";
        await house.Market.Must("POST", "/v1/orders", ApiHouse.OrderJson(id)
            .Replace("\"minor\": 1000", "\"minor\": 61000", StringComparison.Ordinal)
            .Replace("\"minor\": 6400", "\"minor\": 130000", StringComparison.Ordinal));
        var opened = await house.Buyer.Must("POST", "/v1/disputes", ApiHouse.OpeningJson(id));
        return await house.Review($"/v1/disputes/{opened.Text("dispute")}");
    }

    private static string Decision(int amount) => $$$"""
        {"findings":[{"question":{"en":"Broken?","fr":"Cassée ?"},"answer":"in_part","clause":"as-described",
          "relied_on":[]}],
         "lines":[{"kind":"partial_refund","items":[{"line":1,"units":1}],
           "amount":{"minor":{{{amount}}},"currency":"EUR"}}],
         "reasons":{"en":"In part.","fr":"En partie."}}
        """;

    private static async Task<string> Exhibit(ApiHouse.Program who, string dispute)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri($"{dispute}/evidence?kind=photo&title=Cup&file_name=cup.txt", UriKind.Relative))
        {
            Content = new ByteArrayContent("A cup."u8.ToArray()),
        };
        request.Content.Headers.ContentType = new("text/plain");
        return (await who.Send(request)).Headers.Location!.ToString().Split('/')[^1];
    }

    private Task<ApiHouse.Program> Operator() => Staff("opal", Role.Operator);

    private Task<ApiHouse.Program> Examiner(string login) => Staff(login, Role.Examiner);

    private async Task<ApiHouse.Program> Staff(string login, Role role)
    {
        var people = house.Server.Get<People>();
        var person = await people.AddPerson(ApiHouse.Marketplace, login, login, "en", $"{login}@market.example");
        await people.Join(ApiHouse.Marketplace, person, role);
        return new(await house.Server.WithKey(ApiHouse.Marketplace, $"person:{login}"));
    }

    private static (int, string?) Said(ApiHouse.Reply reply) => (reply.Status, reply.Code);
}

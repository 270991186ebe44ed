using System.Net;
using System.Text.RegularExpressions;
using Entente.Server.Desk;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

/// <summary>The operator's pages of people and keys, as a browser without script sends their forms.</summary>
public sealed partial class PlatformPagesTests : IAsyncLifetime
{
    private Fair _fair = null!;
    private HttpClient _operator = null!;

    public async ValueTask InitializeAsync()
    {
        _fair = await Fair.Open();
        _operator = await _fair.Server.SignedIn(_fair.Cast.Operator);
    }

    public ValueTask DisposeAsync() => _fair.DisposeAsync();

    [Fact]
    public async Task Somebody_is_added_signs_in_with_the_password_shown_once_and_is_shut_out_again()
    {
        using var added = await Send("/admin/people", ("name", "Nadia Benali"), ("login", " Nadia "),
            ("email", "nadia@example.org"), ("language", "fr"), ("roles", "examiner"));
        Assert.Equal(HttpStatusCode.OK, added.StatusCode);
        var password = Once().Match(await added.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.DoesNotContain(password, await _operator.Read("/admin/people"), StringComparison.Ordinal);

        var nadia = _fair.Server.Anonymous();
        using var entered = await nadia.Send(
            "/sign-in", "/sign-in", ("login", "nadia"), ("password", password));
        Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await nadia.Fetch("/desk")).StatusCode);

        var id = (await _fair.Server.Get<People>().FindPerson(_fair.Cast.Marketplace, "nadia"))!.Id;
        using var both = await Send($"/admin/people/{id.Value}/roles", ("roles", "examiner"), ("roles", "operator"));
        Assert.Equal(HttpStatusCode.OK, (await nadia.Fetch("/admin")).StatusCode);
        using var shut = await Send($"/admin/people/{id.Value}/entry", ("act", "shut"));
        Assert.Equal(HttpStatusCode.SeeOther, shut.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await nadia.Fetch("/desk")).StatusCode);
        using var open = await Send($"/admin/people/{id.Value}/entry", ("act", "open"));
        using var refused = await nadia.Send("/sign-in", "/sign-in", ("login", "nadia"), ("password", password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode); // A new one has to be made.
    }

    [Theory]
    [InlineData("", "x", "x@example.org", "en", "examiner", "name")]
    [InlineData("X", "two words", "x@example.org", "en", "examiner", "login")]
    [InlineData("X", "m1", "x@example.org", "en", "examiner", "login")]
    [InlineData("X", "x", "x at example", "en", "examiner", "email")]
    [InlineData("X", "x", "x@example.org", "tlh", "examiner", "language")]
    [InlineData("X", "x", "x@example.org", "en", "buyer", "roles")]
    public async Task What_cannot_be_is_said_beside_its_field_and_kept(
        string name, string login, string email, string language, string role, string field)
    {
        using var answer = await Send("/admin/people", ("name", name), ("login", login), ("email", email),
            ("language", language), ("roles", role));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"href=\"#f-{field}\"", page, StringComparison.Ordinal);
        if (email.Length > 0) Assert.Contains($"value=\"{email}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_shuts_themselves_out()
    {
        var me = _fair.Cast.Operator.Value;
        using var shut = await Send($"/admin/people/{me}/entry", ("act", "shut"));
        using var demoted = await Send($"/admin/people/{me}/roles", ("roles", "examiner"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity),
            (shut.StatusCode, demoted.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await _operator.Fetch("/admin")).StatusCode);
        using var party = await Send($"/admin/people/{_fair.Cast.Buyer1.Value}/password");
        Assert.Equal(HttpStatusCode.NotFound, party.StatusCode); // A buyer is nobody of the platform.
    }

    [Fact]
    public async Task A_key_is_made_shown_once_used_and_revoked()
    {
        using var nothing = await Send("/admin/keys", ("name", "shop"), ("days", "0"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        using var made = await Send(
            "/admin/keys", ("name", "shop"), ("scopes", "orders:write"), ("scopes", "disputes:read"), ("days", "30"));
        var key = Once().Match(await made.Content.ReadAsStringAsync()).Groups[1].Value;
        Assert.StartsWith("ent_", key, StringComparison.Ordinal);
        Assert.DoesNotContain(key, await _operator.Read("/admin/keys"), StringComparison.Ordinal);

        var shop = _fair.Server.Anonymous();
        shop.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Equal(HttpStatusCode.OK, (await shop.Fetch("/v1/orders/2026-000123")).StatusCode);
        using var revoked = await Send($"/admin/keys/{key.Split('_')[1]}/revocation");
        Assert.Equal(HttpStatusCode.SeeOther, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await shop.Fetch("/v1/orders/2026-000123")).StatusCode);
        using var again = await Send($"/admin/keys/{key.Split('_')[1]}/revocation");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    private Task<HttpResponseMessage> Send(string action, params (string, string)[] fields) =>
        _operator.Send(action, "/admin/keys", fields);

    [GeneratedRegex("<p class=\"once\"><code>([^<]+)</code>")]
    private static partial Regex Once();
}

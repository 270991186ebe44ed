using System.Net;
using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Web.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Tests.Server;

public sealed class SignInTests
{
    private const string Password = "four plain words together";

    [Fact]
    public async Task A_person_signs_in_with_a_password_and_comes_back_to_where_they_were_going()
    {
        await using var server = await ServerUnderTest.Start();
        await AddAnn(server);
        var client = server.Anonymous();
        using var asked = await client.Fetch("/disputes/x?y=1");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Equal("/sign-in?return_to=%2Fdisputes%2Fx%3Fy%3D1", asked.Headers.Location!.PathAndQuery);
        using var entered = await client.Send(
            "/sign-in", "/sign-in", ("login", " ANN "), ("password", Password), ("return_to", "/disputes/x?y=1"));
        Assert.Equal((HttpStatusCode.SeeOther, "/disputes/x?y=1"),
            (entered.StatusCode, entered.Headers.Location!.ToString()));
        using var home = await client.Fetch("/");
        Assert.Equal("/disputes", home.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_login_and_a_locked_account_are_answered_alike()
    {
        await using var server = await ServerUnderTest.Start();
        await AddAnn(server);
        var client = server.Anonymous();
        var wrong = await TryIn(client, "ann", "wrong");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Equal(wrong, await TryIn(client, "eve", "wrong"));
        for (var failure = 1; failure < 10; failure++) await TryIn(client, "ann", "wrong");
        Assert.Equal(wrong, await TryIn(client, "ann", Password));
    }

    [Fact]
    public async Task A_new_stamp_or_a_disabled_person_ends_at_the_next_request()
    {
        await using var server = await ServerUnderTest.Start();
        var cast = await Cast.Of(server, Cast.Here);
        var (here, there) = (await server.SignedIn(cast.Buyer1), await server.SignedIn(cast.Buyer1));
        Assert.True(await IsIn(here) && await IsIn(there));
        using var left = await here.Send("/sign-out", "/sign-in", ("everywhere", "yes"));
        Assert.False(await IsIn(there));
        var other = await server.SignedIn(cast.Buyer2);
        await server.Get<People>().Disable(cast.Marketplace, cast.Buyer2);
        Assert.False(await IsIn(other));
    }

    [Fact]
    public async Task Signing_out_ends_this_browser_alone()
    {
        await using var server = await ServerUnderTest.Start();
        var cast = await Cast.Of(server, Cast.Here);
        var (here, there) = (await server.SignedIn(cast.Buyer1), await server.SignedIn(cast.Buyer1));
        using var left = await here.Send("/sign-out", "/sign-in");
        Assert.True(!await IsIn(here) && await IsIn(there));
    }

    [Fact]
    public async Task A_changed_cookie_is_worth_nothing()
    {
        await using var server = await ServerUnderTest.Start();
        var cast = await Cast.Of(server, Cast.Here);
        var cookie = await server.CookieOf(cast.Buyer1);
        foreach (var at in new[] { 0, 20, cookie.Length / 2, cookie.Length - 2 })
        {
            var client = server.Anonymous();
            var changed = cookie[..at] + (cookie[at] == 'A' ? 'B' : 'A') + cookie[(at + 1)..];
            client.DefaultRequestHeaders.Add("Cookie", $"entente={changed}");
            Assert.False(await IsIn(client));
        }
    }

    [Fact]
    public async Task One_click_enters_as_demo_people_alone_and_only_in_a_demo()
    {
        foreach (var isDemo in new[] { true, false })
        {
            await using var server = await ServerUnderTest.Start(demo: isDemo);
            var cast = await Cast.Of(server, Cast.Here);
            var demo = await server.Get<People>()
                .AddPerson(Cast.Here, "demo", "Demo Dan", "fr", "demo@example.com", demo: true);
            await server.Get<People>().Join(Cast.Here, demo, Role.Buyer, cast.Buyer1Party);
            var client = server.Anonymous();
            Assert.Equal(isDemo, (await client.Read("/sign-in")).Contains("Demo Dan", StringComparison.Ordinal));
            using var real = await client.Send("/sign-in/demo", "/sign-in", ("person", cast.Buyer2.Value));
            Assert.Equal(HttpStatusCode.NotFound, real.StatusCode);
            using var entered = await client.Send("/sign-in/demo", "/sign-in", ("person", demo.Value));
            Assert.Equal(isDemo ? HttpStatusCode.SeeOther : HttpStatusCode.NotFound, entered.StatusCode);
            Assert.Equal(isDemo, await IsIn(client));
        }
    }

    [Theory]
    [InlineData("/disputes?a=b#c", "/disputes?a=b#c")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("@evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData(" //evil.example", "/")]
    [InlineData("/é", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void One_returns_to_a_path_of_this_centre_alone(string? asked, string to) =>
        Assert.Equal(to, SignInEndpoints.SafeReturn(asked));

    [Fact]
    public async Task A_language_is_asked_for_by_address_by_browser_and_by_the_persons_own_wish()
    {
        await using var server = await ServerUnderTest.Start();
        var cast = await Cast.Of(server, Cast.Here);
        await server.Get<People>().SpeakTo(cast.Buyer1, "fr");
        Assert.Contains("lang=\"fr\"", await (await server.SignedIn(cast.Buyer1)).Read("/sign-in"),
            StringComparison.Ordinal);
        var stranger = server.Anonymous();
        stranger.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr-CA, en;q=0.5");
        Assert.Contains("lang=\"fr\"", await stranger.Read("/sign-in"), StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", await stranger.Read("/sign-in?lang=en"), StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", await stranger.Read("/sign-in"), StringComparison.Ordinal);
    }

    private static async Task AddAnn(ServerUnderTest server)
    {
        var cast = await Cast.Of(server, Cast.Here);
        var ann = await server.Get<People>().AddPerson(Cast.Here, "ann", "Ann", "en", "ann@example.com");
        await server.Get<People>().Join(Cast.Here, ann, Role.Buyer, cast.Buyer1Party);
        await using var scope = server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var set = await accounts.AddPasswordAsync((await accounts.FindByIdAsync(ann.Value))!, Password);
        Assert.True(set.Succeeded, string.Join("; ", set.Errors.Select(error => error.Description)));
    }

    private static async Task<(HttpStatusCode Status, string Words)> TryIn(
        HttpClient client, string login, string password)
    {
        using var answer = await client.Send("/sign-in", "/sign-in", ("login", login), ("password", password));
        var page = await answer.Content.ReadAsStringAsync();
        var at = page.IndexOf("error-summary", StringComparison.Ordinal);
        return (answer.StatusCode, at < 0 ? "" : page[at..page.IndexOf("</div>", at, StringComparison.Ordinal)]);
    }

    private static async Task<bool> IsIn(HttpClient client)
    {
        using var home = await client.Fetch("/");
        return !home.Headers.Location!.ToString().Contains("sign-in", StringComparison.Ordinal);
    }
}

using System.Net;
using Entente.Server.Desk;
using Entente.Server.Policies;
using Entente.Tests.Server;

namespace Entente.Tests.Web;

public sealed class RulesTests
{
    [Fact]
    public async Task The_rules_in_force_are_there_for_everybody_to_read()
    {
        await using var server = await ServerUnderTest.Start();
        await server.Get<Marketplaces>().Add(new(Cast.Here, "Marché", "fr", "Europe/Paris"));
        using var stranger = server.Anonymous();
        Assert.Contains("No rules have been published yet", await stranger.Read("/rules"), StringComparison.Ordinal);
        var published = await server.Get<PolicyShelf>().Publish(Cast.Here, Presets.Bytes("demo"), "operator");
        Assert.NotNull(published.Policy);
        Assert.Contains(published.Policy.Name.In("en"), WebUtility.HtmlDecode(await stranger.Read("/rules?lang=en")),
            StringComparison.Ordinal);
        var french = WebUtility.HtmlDecode(await stranger.Read("/rules?lang=fr"));
        Assert.Contains("Négociation amiable", french, StringComparison.Ordinal);
        Assert.All(published.Policy.Clauses, clause =>
            Assert.Contains($"id=\"clause-{clause.Id}\"", french, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_version_keeps_its_page_and_there_is_none_that_never_was()
    {
        await using var server = await ServerUnderTest.Start();
        var here = await Cast.Of(server, Cast.Here);
        await Cast.Of(server, Cast.Elsewhere);
        var policy = (await server.Get<PolicyShelf>().Publish(Cast.Here, Presets.Bytes("demo"), "operator")).Policy!;
        using var buyer = await server.SignedIn(here.Buyer1);
        Assert.Equal(HttpStatusCode.OK, (await buyer.Fetch($"/rules/{policy.Id}/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await buyer.Fetch($"/rules/{policy.Id}/2")).StatusCode);
        using var stranger = server.Anonymous();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Fetch($"/rules/{policy.Id}/1")).StatusCode);
    }
}

using Dapper;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Search;
using Entente.Server.Storage;
using Entente.Tests.Desk;
using Entente.Tests.Storage;
using static Entente.Tests.Desk.OpenDesk;

namespace Entente.Tests.Search;

/// <summary>Lists are searched by what their reader may read, and by nothing else.</summary>
public sealed class SearchTests : IDisposable
{
    private static readonly ListSight AsBuyer = new([Audience.All, Audience.BuyerAndPlatform], []);
    private static readonly ListSight AsSeller = new([Audience.All, Audience.SellerAndPlatform], []);
    private static readonly ListSight AsStaff = new([.. Enum.GetValues<Audience>()], []);
    private readonly List<IDisposable> _opened = [];

    [Theory, InlineData(On.Sqlite), InlineData(On.Postgres)]
    public async Task Words_are_found_without_accents_and_by_their_beginnings(On on)
    {
        var (desk, id) = await Opened(on);
        await desk.Say(id, "L’anse de la théière est fêlée ; cœur brisé, ça n’a pas été livré. 送料無料", Buyer);
        await desk.Say(id, "Não recebi o produto; a transportadora não atendeu à reclamação.", Seller);
        await CatchUp(desk);
        foreach (var words in new[]
            {
                "felee", "FÊLÉE", "thei", "théière anse", "coeur", "nao recebi", "reclamacao", "produt", "livre", "料",
                "broken", "teapot", "Ana", "pots", id.Reference, id.Reference[..4], "A-1", "produto felee ana",
            })
            Assert.True(await Finds(desk, AsBuyer, words), words);
        foreach (var words in new[] { "fêlure", "kettle", "roduto", "produto kettle", "fê", "…" })
            Assert.False(await Finds(desk, AsBuyer, words), words);
    }

    [Theory, InlineData(On.Sqlite), InlineData(On.Postgres)]
    public async Task Nobody_finds_a_dispute_by_what_they_may_not_read(On on)
    {
        var (desk, id) = await Opened(on);
        var examiner = new Actor(ActorKind.Person, Role.Examiner, "person-eve");
        await desk.Ask(id, new PostMessage(Audience.BuyerAndPlatform, Text("Hortensia.")), Buyer);
        await desk.Ask(id, new PostMessage(Audience.SellerAndPlatform, Text("Pivoine.", Role.Seller)), Seller);
        await desk.Ask(id, new PostMessage(Audience.Staff, Text("Coquelicot.", Role.Examiner)), examiner);
        await CatchUp(desk);
        var staffAndBuyer = AsStaff with { Own = [desk.Order.Buyer] };
        (ListSight Sight, string Words)[] found =
        [
            (AsBuyer, "hortensia"), (AsSeller, "pivoine"),
            (AsStaff, "hortensia"), (AsStaff, "pivoine"), (AsStaff, "coquelicot"), (staffAndBuyer, "broken"),
        ];
        (ListSight Sight, string Words)[] hidden =
        [
            (AsBuyer, "pivoine"), (AsBuyer, "coquelicot"), (AsSeller, "hortensia"), (AsSeller, "coquelicot"),
            (AsBuyer, "hortensia coquelicot"), (ListSight.OfBothSides, "hortensia"),
            (ListSight.OfBothSides, "coquelicot"), (staffAndBuyer, "coquelicot"), (staffAndBuyer, "pivoine"),
        ];
        foreach (var (sight, words) in found) Assert.True(await Finds(desk, sight, words), words);
        foreach (var (sight, words) in hidden) Assert.False(await Finds(desk, sight, words), words);
        var elsewhere = new ListFilter { Query = "broken", Sight = AsStaff };
        Assert.Empty((await new DisputeQueries(desk.Centre.Database).OfDesk(new("elsewhere"), null, elsewhere)).Rows);
    }

    [Theory, InlineData(On.Sqlite), InlineData(On.Postgres)]
    public async Task A_drafted_decision_is_found_by_the_platform_and_by_both_sides_once_it_is_published(On on)
    {
        var centre = Kept(new StoredCentre(on));
        var reasons = Given.Text("Le vendeur n’a pas prouvé la livraison.", Role.Examiner, "fr");
        var given = Given.Opened().Having(reasons)
            .With(new DecisionDrafted(1, null, [], [], [Given.Refund()], [reasons.Ref], Given.Start), Role.Examiner);
        await centre.Keep(given);
        var index = new SearchIndex(centre.Database, centre.Keys);
        await index.CatchUp();
        Assert.True(await Finds(centre.Database, Given.Marketplace, Given.Seller, AsStaff, "prouve"));
        Assert.False(await Finds(centre.Database, Given.Marketplace, Given.Seller, AsSeller, "prouve"));
        await centre.Keep(
            given.With(new Decided(1, [], [], [Given.Refund()], [reasons.Ref], [])),
            append => append with { Texts = [] });
        await index.CatchUp();
        Assert.True(await Finds(centre.Database, Given.Marketplace, Given.Seller, AsSeller, "prouve"));
    }

    [Theory, InlineData(On.Sqlite), InlineData(On.Postgres)]
    public async Task A_name_is_found_as_it_is_now(On on)
    {
        var (desk, _) = await Opened(on);
        await CatchUp(desk);
        await desk.People.PartyOf(Here, Role.Seller, "seller-1", "Poterie du Marais");
        await CatchUp(desk);
        Assert.True(await Finds(desk, AsBuyer, "poterie marais"));
        Assert.False(await Finds(desk, AsBuyer, "pots"));
    }

    [Theory, InlineData(On.Sqlite), InlineData(On.Postgres)]
    public async Task What_is_erased_while_it_is_being_taken_in_is_not_found_again(On on)
    {
        var (desk, id) = await Opened(on);
        var index = new SearchIndex(desk.Centre.Database, desk.Centre.Keys);
        const string OfBuyer = "owner = 'person-buyer'";
        for (var round = 0; round < 20; round++)
        {
            await desk.Say(id, $"Secret {round}", Buyer);
            await Task.WhenAll(
                Task.Run(() => index.CatchUp()),
                Task.Run(() => desk.Centre.Database.Write(async transaction =>
                {
                    await SearchIndex.Forget(
                        transaction, $"SELECT order_id, suffix FROM personal_text WHERE {OfBuyer}", OfBuyer, new { });
                    await transaction.Connection!.ExecuteAsync(
                        $"DELETE FROM personal_text WHERE {OfBuyer}", null, transaction);
                })));
            await index.CatchUp();
            await using var connection = await desk.Centre.Database.Open();
            Assert.Equal(0, await connection.ExecuteScalarAsync<long>($"SELECT count(*) FROM search WHERE {OfBuyer}"));
            Assert.False(await Finds(desk, AsBuyer, "secret"));
        }
    }

    [Theory, InlineData(On.Sqlite), InlineData(On.Postgres)]
    public async Task The_index_holds_no_word_that_can_be_read(On on)
    {
        var (desk, id) = await Opened(on);
        await desk.Say(id, "Hortensia", Buyer);
        await CatchUp(desk);
        await using var connection = await desk.Centre.Database.Open();
        var words = string.Join(' ', await connection.QueryAsync<string>("SELECT words FROM search"));
        Assert.NotEmpty(words);
        Assert.DoesNotContain("horten", words, StringComparison.Ordinal);
    }

    private async Task<(OpenDesk Desk, DisputeId Id)> Opened(On on)
    {
        var desk = Kept(await Ready(on));
        return (desk, await desk.Opened());
    }

    private T Kept<T>(T opened) where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }

    private static Task CatchUp(OpenDesk desk) => new SearchIndex(desk.Centre.Database, desk.Centre.Keys).CatchUp();

    private static Task<bool> Finds(OpenDesk desk, ListSight sight, string words) =>
        Finds(desk.Centre.Database, Here, desk.SellerOf(1), sight, words);

    private static async Task<bool> Finds(
        Database database, MarketplaceId marketplace, PartyId seller, ListSight sight, string words)
    {
        var (queries, filter) = (new DisputeQueries(database), new ListFilter { Query = words, Sight = sight });
        var ofParty = (await queries.OfParty(marketplace, Role.Seller, [seller], filter)).Rows.Count == 1;
        Assert.Equal(ofParty, (await queries.OfDesk(marketplace, null, filter)).Rows.Count == 1);
        return ofParty;
    }

    public void Dispose()
    {
        foreach (var opened in _opened) opened.Dispose();
    }
}

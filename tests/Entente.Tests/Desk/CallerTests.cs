using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Tests.Desk;

public sealed class CallerTests
{
    private static readonly Dispute Dispute = Given.Opened().Dispute;

    [Fact]
    public void A_member_of_a_party_is_that_party_and_never_the_platform()
    {
        var caller = Person(new(Role.Examiner, null), new(Role.Operator, null), new(Role.Seller, Given.Seller));
        Assert.Equal(Role.Seller, caller.RoleOn(Dispute));
        Assert.Equal(Given.Seller, caller.ViewerOf(Dispute)!.Party);
    }

    [Fact]
    public void A_dispute_does_not_exist_for_strangers_and_other_marketplaces()
    {
        Caller[] strangers =
        [
            Person(),
            Person(new Membership(Role.Buyer, new PartyId("another"))),
            Person(new Membership(Role.Seller, Given.Buyer)),
            Person(new Membership(Role.Examiner, null)) with { Marketplace = new("elsewhere") },
            Key() with { Marketplace = new("elsewhere") },
        ];
        foreach (var stranger in strangers)
        {
            Assert.Null(stranger.ActorOn(Dispute));
            Assert.Null(stranger.ViewerOf(Dispute));
        }
        Assert.Null(Key().ActorOn(Dispute.Nothing(Given.Id)));
    }

    [Fact]
    public void A_key_alone_is_the_marketplace_and_reads_nothing_private()
    {
        Assert.Equal(new Actor(ActorKind.Marketplace, Role.Operator, "key:abc"), Key().ActorOn(Dispute));
        var viewer = Key().ViewerOf(Dispute)!;
        Assert.Equal([Audience.All], Enum.GetValues<Audience>().Where(viewer.MayRead));
    }

    [Fact]
    public void A_key_for_a_party_acts_and_reads_as_that_party()
    {
        var caller = Key() with { Memberships = [new(Role.Buyer, Given.Buyer)] };
        Assert.Equal(new Actor(ActorKind.Marketplace, Role.Buyer, "key:abc", Given.Buyer.Value),
            caller.ActorOn(Dispute));
        Assert.Equal(Viewer.Buyer(Given.Marketplace, Given.Buyer), caller.ViewerOf(Dispute));
    }

    [Fact]
    public void A_key_for_a_person_names_both()
    {
        var caller = Person(new Membership(Role.Examiner, null)) with { Key = "abc" };
        Assert.Equal(new Actor(ActorKind.Marketplace, Role.Examiner, "key:abc", "ann"), caller.ActorOn(Dispute));
        Assert.Equal(Viewer.Examiner(Given.Marketplace, new("ann")), caller.ViewerOf(Dispute));
    }

    [Fact]
    public void Who_examines_and_supervises_is_the_examiner_only_where_assigned()
    {
        var caller = Person(new(Role.Examiner, null), new(Role.Operator, null));
        Assert.Equal(Role.Operator, caller.RoleOn(Dispute));
        Assert.Equal(Role.Examiner, caller.RoleOn(Dispute with { Examiner = new("ann") }));
    }

    private static Caller Person(params Membership[] memberships) =>
        new(Given.Marketplace, new PersonId("ann"), "Ann", "en", DateTimeZone.Utc, memberships.ToValueList());

    private static Caller Key() => new(Given.Marketplace, null, "shop", "en", DateTimeZone.Utc, [], "abc", []);
}

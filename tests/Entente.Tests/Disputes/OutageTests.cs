using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>Nobody loses time to an outage of ours.</summary>
public class OutageTests
{
    [Fact]
    public void Terms_that_ran_through_it_end_later_by_as_much_and_once()
    {
        var world = Opened();
        var before = world.Dispute.Terms;
        world.Days(1);
        var outage = GaveBack(world, hours: 10);
        world.Does(Role.Rule, outage);
        Assert.Equal(before.Select(term => (term.Kind, term.Due + Duration.FromHours(10), term.Rule, term.Otherwise)),
            world.Dispute.Terms.Select(term => (term.Kind, term.Due, term.Rule, term.Otherwise)));
        Assert.Empty(((Accepted)world.Ask(Role.Rule, outage)).Events);
        Assert.IsType<TimeGivenBack>(world.Facts[^1].Event);
    }

    [Fact]
    public void Nobody_is_left_with_less_than_a_notice_needs_after_it()
    {
        var world = Opened();
        world.Now = world.Dispute.Head!.Due - Duration.FromMinutes(5);
        world.Does(Role.Rule, GaveBack(world, hours: 1));
        Assert.Equal(world.Now + Duration.FromHours(24), world.Dispute.Head!.Due);
    }

    [Fact]
    public void Other_terms_and_closed_disputes_stay_as_they_are_and_no_person_may_ask()
    {
        var world = Opened();
        var first = world.Dispute.Terms[0].Id;
        world.Days(1).Does(Role.Rule, new GiveBackTime(world.Now - Duration.FromHours(1), world.Now, [first]));
        Assert.Single(world.Facts[^1].Event.Starts);
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Operator, GaveBack(world, 2)));
        world.UntilClosed();
        Assert.Empty(((Accepted)world.Ask(Role.Rule, GaveBack(world, 3))).Events);
    }

    private static GiveBackTime GaveBack(World world, int hours) => new(
        world.Now - Duration.FromHours(hours), world.Now, [.. world.Dispute.Terms.Select(term => term.Id)]);
}

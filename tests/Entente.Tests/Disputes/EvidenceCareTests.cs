using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>
/// A dangerous file is closed away by a rule; the original is opened by an act that stands in the story.
/// </summary>
public class EvidenceCareTests
{
    [Fact]
    public void A_dangerous_file_is_closed_away_once_and_no_decision_needs_it()
    {
        var world = Opened().Does(Role.Buyer, Shows("a")).Does(Role.Rule, new QuarantineEvidence(new("exhibit-a")));
        Assert.True(world.Dispute.Exhibits[0] is { Quarantined: true, Withdrawn: true });
        Assert.Equal(Audience.All, world.Facts[^1].Event.Audience);
        var facts = world.Facts.Count;
        world.Does(Role.Rule, new QuarantineEvidence(new("exhibit-a")));
        Assert.Equal(facts, world.Facts.Count);
    }

    [Fact]
    public void A_quarantine_of_a_sealed_exhibit_is_told_to_its_own_audience()
    {
        var world = Opened().Does(Role.Seller, Shows("a", Text("Private")))
            .Does(Role.Rule, new QuarantineEvidence(new("exhibit-a")));
        Assert.Equal(Audience.SellerAndPlatform, world.Facts[^1].Event.Audience);
    }

    [Fact]
    public void Only_a_rule_closes_away_and_only_what_is_there()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Rule, new QuarantineEvidence(new("exhibit-a"))));
        world.Does(Role.Buyer, Shows("a"));
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Rule, new QuarantineEvidence(new("exhibit-b"))));
        foreach (var role in new[] { Role.Buyer, Role.Seller, Role.Examiner, Role.Operator })
            Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(role, new QuarantineEvidence(new("exhibit-a"))));
    }

    [Fact]
    public void Each_opening_of_an_original_stands_in_the_story_of_the_platform_alone()
    {
        var world = Opened().Does(Role.Buyer, Shows("a")).Does(Role.Examiner, new OpenOriginal(new("exhibit-a")));
        var opened = Assert.IsType<OriginalOpened>(world.Facts[^1].Event);
        Assert.Equal((Audience.Staff, 1, Examiner), (opened.Audience, opened.No, opened.By));
        world.Does(Role.Examiner, new OpenOriginal(new("exhibit-a")));
        Assert.Equal(2, world.Facts.Count(fact => fact.Event is OriginalOpened));
    }

    [Fact]
    public void An_original_is_opened_by_an_examiner_and_never_out_of_quarantine()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Examiner, new OpenOriginal(new("exhibit-a"))));
        world.Does(Role.Buyer, Shows("a"));
        Assert.Equal(RefusalCode.ExhibitUnknown, world.Refuses(Role.Examiner, new OpenOriginal(new("exhibit-b"))));
        foreach (var role in new[] { Role.Buyer, Role.Seller, Role.Operator })
            Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(role, new OpenOriginal(new("exhibit-a"))));
        world.Does(Role.Rule, new QuarantineEvidence(new("exhibit-a")));
        Assert.Equal(RefusalCode.ExhibitIsQuarantined, world.Refuses(Role.Examiner,
            new OpenOriginal(new("exhibit-a"))));
    }
}

using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Tests.Audiences;

/// <summary>I-VIS-1: worlds that differ only in what a reader may not see are one world to that reader.</summary>
public class TwoWorldsTests
{
    private static readonly Viewer Buyer = Viewer.Buyer(Given.Marketplace, Given.Buyer, Given.BuyerPerson);
    private static readonly Viewer Seller = Viewer.Seller(Given.Marketplace, Given.Seller, Given.SellerPerson);

    public static TheoryData<Role, int> Readers()
    {
        var data = new TheoryData<Role, int>();
        foreach (var role in new[] { Role.Buyer, Role.Seller, Role.Operator })
            for (var seed = 0; seed < 40; seed++) data.Add(role, seed);
        return data;
    }

    [Theory, MemberData(nameof(Readers))]
    public void A_view_says_nothing_of_what_its_reader_may_not_see(Role role, int seed)
    {
        var viewer = role switch { Role.Buyer => Buyer, Role.Seller => Seller, _ => Viewer.Key(Given.Marketplace) };
        var plain = Told(viewer, seed, hidden: false);
        var full = Told(viewer, seed, hidden: true);
        Assert.True(full.Facts.Count > plain.Facts.Count);
        Assert.Equal(Json(plain, viewer), Json(full, viewer));
    }

    [Fact]
    public void An_examiner_reads_everything()
    {
        var given = Told(Buyer, 3, hidden: true);
        var view = View(given, Viewer.Examiner(Given.Marketplace, Given.Examiner));
        Assert.Equal(given.Facts.Count, view.Version);
        Assert.Equal(given.Facts.Count, view.Timeline.Count);
        Assert.Equal(Given.Examiner, view.Examiner);
    }

    [Fact]
    public void A_sealed_exhibit_has_its_own_number_and_is_nobody_elses_to_find()
    {
        var given = Given.Opened().Shows(Role.Buyer, 1, Audience.BuyerAndPlatform).Shows(Role.Buyer, 1);
        Assert.Equal(["B1", "1"], View(given, Buyer).Exhibits.Select(exhibit => exhibit.Number));
        var other = View(given, Seller);
        Assert.Equal(["1"], other.Exhibits.Select(exhibit => exhibit.Number));
        Assert.Null(other.Exhibit(View(given, Buyer).Exhibits[0].Id));
    }

    [Fact]
    public void A_dispute_does_not_exist_for_another_party_or_marketplace()
    {
        var given = Given.Opened();
        Viewer[] strangers =
        [
            Viewer.Buyer(Given.Marketplace, new PartyId("somebody")),
            Viewer.Seller(Given.Marketplace, Given.Buyer),
            Viewer.Seller(new MarketplaceId("other"), Given.Seller),
            Viewer.Operator(new MarketplaceId("other"), Given.Examiner),
            new(Given.Marketplace, Role.Provider, null, null),
        ];
        Assert.All(strangers, viewer =>
            Assert.Null(DisputeView.For(given.Dispute, given.Facts, given.Texts, viewer, given.Now)));
    }

    [Fact]
    public void A_withdrawn_exhibit_keeps_its_place_and_can_be_opened_by_its_owner_and_the_platform_alone()
    {
        var given = Given.Opened().Shows(Role.Buyer, 1);
        given = given.With(new EvidenceWithdrawn(Audience.All, given.Dispute.Exhibits[0].Id, 1), Role.Buyer);
        Assert.True(View(given, Buyer).Exhibits[0].MayOpen);
        Assert.False(View(given, Seller).Exhibits[0].MayOpen);
        Assert.True(View(given, Viewer.Examiner(Given.Marketplace, Given.Examiner)).Exhibits[0].MayOpen);
    }

    [Fact]
    public void The_parties_do_not_learn_who_examines_and_erased_texts_are_known_to_be_erased()
    {
        var given = Given.Opened().With(new ExaminerAssigned(Given.Examiner)).With(new ExaminationBegan());
        var view = DisputeView.For(given.Dispute, given.Facts, TextBook.Empty, Buyer, given.Now)!;
        Assert.DoesNotContain(Given.Examiner.Value, JsonSerializer.Serialize(view));
        Assert.True(view.Story.IsErased);
    }

    /// <summary>A story of visible facts; in the other world, facts this reader may not see stand between.</summary>
    private static Given Told(Viewer viewer, int seed, bool hidden)
    {
        var chance = new Random(seed);
        var given = Given.Opened();
        for (var step = 0; step < 12; step++)
        {
            var (between, choice) = (chance.Next(2) == 0, chance.Next(3));
            if (hidden && between) given = Hidden(given, viewer, choice, step);
            given = Visible(given with { Now = Given.Start + Duration.FromHours(step + 1) }, chance.Next(4), step);
        }
        return hidden ? Hidden(given, viewer, seed % 3, 12) : given;
    }

    private static Given Visible(Given given, int choice, int step) => choice switch
    {
        0 => given.Says(Role.Buyer, $"Hello {step}"),
        1 => given.Says(Role.Seller, $"Answer {step}"),
        2 => given.Shows(Role.Buyer, given.Dispute.Exhibits.Count(exhibit => exhibit.Audience == Audience.All) + 1),
        _ => given.With(new OfferMade(given.Dispute.Offers.Count + 1, Role.Seller, [Given.Refund(500 + step)], null)),
    };

    private static Given Hidden(Given given, Viewer viewer, int choice, int step)
    {
        var (role, audience) = viewer.Role == Role.Buyer
            ? (Role.Seller, Audience.SellerAndPlatform)
            : (Role.Buyer, Audience.BuyerAndPlatform);
        return choice switch
        {
            0 => given.Says(role, $"Between us {step}", audience),
            1 => given.Shows(role, given.Dispute.Exhibits.Count(exhibit => exhibit.Audience == audience) + 1, audience),
            _ => given.Says(Role.Examiner, $"Note {step}", Audience.Staff).With(new ExaminerAssigned(Given.Examiner)),
        };
    }

    private static DisputeView View(Given given, Viewer viewer) =>
        DisputeView.For(given.Dispute, given.Facts, given.Texts, viewer, given.Now)!;

    private static string Json(Given given, Viewer viewer) => JsonSerializer.Serialize(View(given, viewer));
}

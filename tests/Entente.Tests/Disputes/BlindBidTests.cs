using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>« Montants confidentiels » (D30, I-VIS-2, attack D12): nothing shows before both are in.</summary>
public class BlindBidTests
{
    private static PlaceBlindBid Bid(long amount, int round = 1) =>
        new(round, Text($"{amount}", "und") with { Owner = $"person-{amount}" });

    private static World Round() => Opened().Does(Role.Seller, new OpenBidRound());

    [Theory]
    [InlineData(800, 1000, 900)]
    [InlineData(800, 1001, 900)]
    [InlineData(700, 700, 700)]
    public void Amounts_that_meet_settle_half_way_rounded_down(long least, long most, long agreed)
    {
        foreach (var first in new[] { Role.Buyer, Role.Seller })
        {
            var world = Round();
            world.Does(first, Bid(first == Role.Buyer ? least : most));
            world.Does(first.Other(), Bid(first == Role.Buyer ? most : least));
            Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
            Assert.Equal(agreed, world.Dispute.Obligations[0].Obligation.Amount);
        }
    }

    [Fact]
    public void Amounts_that_do_not_meet_reveal_that_alone_and_rounds_are_counted()
    {
        var world = Round();
        for (var round = 1; round <= world.Policy.Rules.BlindBid.Rounds; round++)
        {
            world.Does(Role.Buyer, Bid(1000, round)).Does(Role.Seller, Bid(999, round));
            Assert.Contains(world.Last, happened => happened is BidRoundEnded { Met: false });
            Assert.Empty(world.Dispute.Bids);
            if (round < world.Policy.Rules.BlindBid.Rounds) world.Does(Role.Buyer, new OpenBidRound());
        }
        Assert.Equal(RefusalCode.BidRoundsUsedUp, world.Refuses(Role.Buyer, new OpenBidRound()));
    }

    [Fact]
    public void A_bid_is_final_positive_and_within_what_can_be_refunded()
    {
        var world = Opened();
        Assert.Equal(RefusalCode.BidRoundNotOpen, world.Refuses(Role.Buyer, Bid(100)));
        world.Does(Role.Buyer, new OpenBidRound());
        Assert.Equal(RefusalCode.BidRoundIsOpen, world.Refuses(Role.Seller, new OpenBidRound()));
        Assert.Equal(RefusalCode.RoleMayNot, world.Refuses(Role.Examiner, Bid(100)));
        Assert.Equal(RefusalCode.BidRoundNotOpen, world.Refuses(Role.Buyer, Bid(100, 2)));
        foreach (var amount in new[] { "0", "-5", "1e3", "12.5", "１００", "99999999999999999999", "" })
            Assert.Equal(RefusalCode.AmountNotPositive,
                world.Refuses(Role.Buyer, new PlaceBlindBid(1, Text(amount, "und"))));
        Assert.Equal(RefusalCode.AmountAboveRefundable, world.Refuses(Role.Buyer, Bid(1201)));
        world.Does(Role.Buyer, Bid(900));
        Assert.Equal(RefusalCode.BidAlreadyPlaced, world.Refuses(Role.Buyer, Bid(800)));
    }

    [Fact]
    public void Where_nothing_is_left_to_refund_no_round_is_opened()
    {
        var world = Opened();
        world.Returnable = 0;
        Assert.Equal(RefusalCode.NothingToRefund, world.Refuses(Role.Buyer, new OpenBidRound()));
    }

    [Fact]
    public void Silence_ends_a_round_and_moves_nothing_else()
    {
        var world = Round();
        var end = world.Dispute.TermOf(TermKind.Negotiation, Role.Buyer);
        world.Does(Role.Buyer, Bid(900));
        while (world.Dispute.BidRound is not null) world.Lapse();
        Assert.Equal(end, world.Dispute.TermOf(TermKind.Negotiation, Role.Buyer));
        Assert.Contains(world.Last, happened => happened is BidRoundEnded { Met: false });
        world.UntilClosed();
    }

    [Fact]
    public void A_decision_and_a_closing_end_a_round_unread()
    {
        var world = ReadyToDecide().Does(Role.Seller, new OpenBidRound()).Does(Role.Seller, Bid(900));
        world.Does(Role.Examiner, Decision());
        Assert.Empty(world.Dispute.Bids);
        Assert.DoesNotContain(world.Dispute.Terms, term => term.Kind == TermKind.BidRound);
        var closed = Round().Does(Role.Buyer, Bid(900));
        closed.Does(Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, true, null));
        Assert.Null(closed.Dispute.BidRound);
    }

    [Theory]
    [InlineData(Role.Buyer)]
    [InlineData(Role.Seller)]
    public void Whether_the_other_side_has_handed_in_its_amount_shows_in_nothing(Role reader)
    {
        var (without, with) = (Round(), Round());
        with.Does(reader.Other(), Bid(901));
        Assert.True(with.Facts.Count > without.Facts.Count);
        Assert.Equal(Seen(without, reader), Seen(with, reader));
        Assert.Equal(without.Dispute.Terms, with.Dispute.Terms);
        Assert.Empty(Notices.For(without.Dispute, with.Dispute, with.Facts.Skip(without.Facts.Count).ToList()));
    }

    [Fact]
    public void The_amount_is_for_its_owner_alone_not_for_the_platform_either()
    {
        var world = Round().Does(Role.Buyer, Bid(901));
        Assert.DoesNotContain("901", Seen(world, Role.Examiner), StringComparison.Ordinal);
        Assert.DoesNotContain("901", JsonSerializer.Serialize(world.Facts[^1].Event, world.Facts[^1].Event.GetType())
            .Replace("person-901", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static string Seen(World world, Role role) => JsonSerializer.Serialize(DisputeView.For(
        world.Dispute, world.Facts, TextBook.Of(world.Written), Reader(role), world.Now, world.Policy));

    private static Viewer Reader(Role role) => role switch
    {
        Role.Buyer => Viewer.Buyer(Marketplace, Buyer, new("person-buyer")),
        Role.Seller => Viewer.Seller(Marketplace, Seller, new("person-seller")),
        _ => Viewer.Examiner(Marketplace, Examiner),
    };
}

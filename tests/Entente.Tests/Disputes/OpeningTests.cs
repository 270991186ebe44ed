using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

public class OpeningTests
{
    [Fact]
    public void A_buyer_opens_a_dispute_and_every_due_time_is_named()
    {
        var world = Opened();
        var opened = Assert.IsType<DisputeOpened>(Assert.Single(world.Last));
        Assert.Equal(1200, opened.RefundableCap);
        Assert.Equal(1200, opened.Sought[0].Amount);
        Assert.Equal(2, opened.Order.Lines.Count);
        Assert.Equal([Role.Seller, Role.Buyer], world.Dispute.Terms.Select(term => term.Who));
        Assert.Equal(Start + Duration.FromDays(3), world.Dispute.Head!.Due);
        Assert.Equal(Consequence.ComplaintBecomesPossible, world.Dispute.Head.Otherwise);
        Assert.Equal(Stage.Negotiation, world.Dispute.Stage);
    }

    [Fact]
    public void The_sought_remedy_is_the_openers_first_offer_and_the_seller_accepts_it_in_one_act()
    {
        var world = Opened().Does(Role.Seller, new AcceptOffer(1));
        Assert.Equal(Stage.Fulfilment, world.Dispute.Stage);
        Assert.Equal(1200, Assert.Single(world.Dispute.Obligations).Obligation.Amount);
    }

    public static TheoryData<string, RefusalCode> Refusals => new()
    {
        { "seller", RefusalCode.ReasonNotYours },
        { "no lines", RefusalCode.OrderHasNoLines },
        { "foreign seller", RefusalCode.SellerNotOnOrder },
        { "self", RefusalCode.BuyerIsSeller },
        { "no payment", RefusalCode.OrderHasNoPayment },
        { "no items", RefusalCode.ClaimHasNoItems },
        { "foreign line", RefusalCode.LineNotOfThisSeller },
        { "too many units", RefusalCode.UnitsOutOfRange },
        { "no units", RefusalCode.UnitsOutOfRange },
        { "twice", RefusalCode.LineNamedTwice },
        { "held", RefusalCode.UnitsAlreadyInDispute },
        { "late", RefusalCode.WindowHasClosed },
        { "early", RefusalCode.WindowNotOpenYet },
        { "mute", RefusalCode.TextIsEmpty },
        { "long", RefusalCode.TextIsTooLong },
        { "control", RefusalCode.TextHasForbiddenCharacters },
        { "surrogate", RefusalCode.TextHasForbiddenCharacters },
        { "no remedy", RefusalCode.RemedyHasNoLines },
        { "remedy elsewhere", RefusalCode.RemedyItemsNotClaimed },
        { "remedy doubled", RefusalCode.RemedyItemsTwice },
        { "above", RefusalCode.AmountAboveRefundable },
        { "negative", RefusalCode.AmountNotPositive },
        { "missing", RefusalCode.AmountMissing },
        { "unwanted", RefusalCode.AmountNotWanted },
        { "not full", RefusalCode.AmountNotFull },
        { "no freight payer", RefusalCode.FreightPayerMissing },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Opening_is_refused_by_name(string what, RefusalCode expected)
    {
        var world = new World();
        var role = Role.Buyer;
        var command = Open();
        switch (what)
        {
            case "seller": role = Role.Seller; break;
            case "no lines": world.Order = world.Order with { Lines = [] }; break;
            case "foreign seller": command = command with { Seller = new("nobody") }; break;
            case "self": world.Order = world.Order with { Buyer = Seller }; break;
            case "no payment": world.Order = world.Order with { Payments = [] }; break;
            case "no items": command = command with { Items = [] }; break;
            case "foreign line": command = Open(null, new ClaimItem(3, 1, Reason.Damaged)); break;
            case "too many units": command = Open(null, new(1, 2, Reason.Damaged), new(1, 1, Reason.Incomplete)); break;
            case "no units": command = Open(null, new ClaimItem(1, 0, Reason.Damaged)); break;
            case "twice": command = Open(null, new(1, 1, Reason.Damaged), new(1, 1, Reason.Damaged)); break;
            case "held": world.HeldElsewhere = [new(1, 2)]; break;
            case "late": world.Days(27); break;
            case "early": world.Policy = OpenFromTheTenthDay(); break;
            case "mute": command = command with { Story = Text("  ") }; break;
            case "long": command = command with { Story = Text(new string('a', Texts.StoryMax + 1)) }; break;
            case "control": command = command with { Story = Text("a\0b") }; break;
            case "surrogate": command = command with { Story = Text("a\ud800b") }; break;
            case "no remedy": command = command with { Sought = [] }; break;
            case "remedy elsewhere": command = Open(Full(2)); break;
            case "remedy doubled": command =
                Open(new RemedyLine(RemedyKind.FullRefund, [new(1, 1), new(1, 1)], null)); break;
            case "above": command = Open(Partial(1201)); break;
            case "negative": command = Open(Partial(-1)); break;
            case "missing": command = Open(Of(RemedyKind.PartialRefund)); break;
            case "unwanted": command = Open(Of(RemedyKind.Replacement) with { Amount = 1 }); break;
            case "not full": command = Open(Full() with { Amount = 5 }); break;
            case "no freight payer": command = Open(Of(RemedyKind.ReturnAndRefund)); break;
        }
        Assert.Equal(expected, world.Refuses(role, command));
    }

    private static Entente.Domain.Policies.Policy OpenFromTheTenthDay() => Standard(rules =>
        rules with { Opening = rules.Opening with { NotBefore = new(10, SpanUnit.Days) } });

    [Fact]
    public void Units_are_claimed_with_their_own_reasons_up_to_what_was_bought()
    {
        var world = new World();
        world.Does(Role.Buyer, Open(Full(1, 2), new(1, 1, Reason.Incomplete), new(1, 1, Reason.Damaged)));
        Assert.Equal(2400, world.Dispute.Opening.RefundableCap);
    }

    [Fact]
    public void The_cap_is_what_the_payments_can_still_return_where_that_is_less()
    {
        var world = new World { Returnable = 500 };
        world.Does(Role.Buyer, Open());
        Assert.Equal(500, world.Dispute.Opening.RefundableCap);
        Assert.Equal(500, world.Dispute.Opening.Sought[0].Amount);
    }

    [Fact]
    public void A_window_counts_from_the_next_known_earlier_date()
    {
        var world = new World();
        world.Order = world.Order with { Dates = new OrderDates(Start - Duration.FromDays(29)) };
        world.Does(Role.Buyer, Open());
        world = new World { Order = world.Order };
        Assert.Equal(RefusalCode.WindowHasClosed, world.Days(1).Refuses(Role.Buyer, Open()));
    }

    [Fact]
    public void A_dispute_is_opened_once() =>
        Assert.Equal(RefusalCode.StageDoesNotAllow, Opened().Refuses(Role.Buyer, Open()));
}

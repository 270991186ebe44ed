using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using static Entente.Tests.Disputes.World;

namespace Entente.Tests.Disputes;

/// <summary>
/// Costs beside the price: outside the refund's cap, and never more than the rules' limit (rulings D23).
/// </summary>
public class CostsTests
{
    [Fact]
    public void Costs_go_beside_a_full_refund_and_are_owed_by_the_seller()
    {
        var world = Agreed(Costs(900));
        Assert.Equal([ObligationKind.Refund, ObligationKind.Reimburse],
            world.Dispute.Obligations.Select(standing => standing.Obligation.Kind));
        Assert.Equal((Role.Seller, 900L), (world.Dispute.Obligations[1].Obligation.Debtor,
            world.Dispute.Obligations[1].Obligation.Amount));
        Assert.Equal(1200, world.Dispute.Promised);
        world.Does(Role.Seller, new Perform(2, null, null)).Does(Role.Buyer, new ConfirmPerformance(2));
        Assert.Equal(ObligationState.Confirmed, world.Dispute.Obligations[1].State);
        world.UntilClosed();
    }

    [Fact]
    public void They_are_never_more_than_the_limit_in_all()
    {
        var world = Opened(Limited(1000));
        Assert.Equal(
            RefusalCode.CostsAboveLimit, world.Refuses(Role.Seller, new MakeOffer([Full(), Costs(1001)], null)));
        Assert.Equal(RefusalCode.CostsAboveLimit,
            world.Refuses(Role.Seller, new MakeOffer([Costs(600), Costs(401)], null)));
        world.Does(Role.Seller, new MakeOffer([Full(), Costs(1000)], null)).Does(Role.Buyer, new AcceptOffer(2));
        // What a new agreement puts an end to counts no more.
        world.Does(Role.Seller, new MakeOffer([Partial(500), Costs(1000)], null));
        world.Does(Role.Seller, new Perform(2, null, null));
        Assert.Equal(RefusalCode.CostsAboveLimit, world.Refuses(Role.Seller, new MakeOffer([Costs(1)], null)));
    }

    [Fact]
    public void Rules_without_a_limit_in_the_currency_reimburse_nothing()
    {
        var world = Opened(Standard(rules => rules with
        {
            Fulfilment = rules.Fulfilment with { ReimburseAtMost = [new(500, "USD")] },
        }));
        Assert.Equal(RefusalCode.CostsNotReimbursed, world.Refuses(Role.Seller, new MakeOffer([Costs(10)], null)));
        Assert.Equal(RefusalCode.AmountNotPositive, Opened().Refuses(Role.Seller, new MakeOffer([Costs(0)], null)));
    }

    [Fact]
    public void Costs_that_were_paid_count_against_costs_and_not_against_the_price()
    {
        var world = Opened(Standard(rules => rules with
        {
            Negotiation = rules.Negotiation with { Silence = NegotiationSilence.GrantClaim },
        }), Costs(900));
        world.Lapse().Lapse();
        Assert.Equal(900, world.Dispute.Obligations.Single().Obligation.Amount);
        world.Does(Role.Seller, new Perform(1, null, null)).Does(Role.Operator, new SetAsideOutcome(Text("Ill.")));
        world.Does(Role.Seller, new MakeOffer([Partial(300), Costs(1000)], null)).Does(Role.Buyer, new AcceptOffer(2));
        Assert.Equal([(ObligationKind.Refund, 300L), (ObligationKind.Reimburse, 100L)],
            world.Dispute.Obligations.Skip(1).Select(standing => (standing.Obligation.Kind,
                standing.Obligation.Amount!.Value)));
    }

    private static World Agreed(RemedyLine costs) => Opened()
        .Does(Role.Seller, new MakeOffer([Full(), costs], null)).Does(Role.Buyer, new AcceptOffer(2));

    private static RemedyLine Costs(long amount) => new(RemedyKind.Reimbursement, [new(1, 1)], amount);

    private static Policy Limited(long most) => Standard(rules => rules with
    {
        Fulfilment = rules.Fulfilment with { ReimburseAtMost = [new(most, "EUR")] },
    });
}

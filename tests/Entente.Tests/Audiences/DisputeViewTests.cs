using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Tests.Disputes;

namespace Entente.Tests.Audiences;

public class DisputeViewTests
{
    private static readonly Viewer Buyer = Viewer.Buyer(World.Marketplace, World.Buyer, new("person-buyer"));
    private static readonly Viewer Seller = Viewer.Seller(World.Marketplace, World.Seller, new("person-seller"));
    private static readonly Viewer Examiner = Viewer.Examiner(World.Marketplace, World.Examiner);

    [Fact]
    public void The_order_shows_this_sellers_lines_and_what_was_paid_for_them()
    {
        var view = See(World.Opened(), Seller);
        Assert.Equal(["Cup", "Teapot"], view.Order.Lines.Select(line => line.Title));
        Assert.Equal(new Money(4900, "EUR"), view.Money.Paid);
    }

    [Fact]
    public void Money_is_in_dispute_then_to_come_then_announced_then_refunded()
    {
        var world = World.Opened();
        Assert.Equal((1200, 0, 0, 0), Box(world));
        world.Does(Role.Seller, new MakeOffer([World.Partial(1000)], null)).Does(Role.Buyer, new AcceptOffer(2));
        Assert.Equal((0, 1000, 0, 0), Box(world));
        world.Does(Role.Seller, new Perform(1, null, null));
        Assert.Equal((0, 0, 1000, 0), Box(world));
        world.Does(Role.Buyer, new ConfirmPerformance(1));
        Assert.Equal((0, 0, 0, 1000), Box(world));
        Assert.Equal(200, See(world, Buyer).Money.Cap.Minor);
    }

    [Fact]
    public void Each_side_is_offered_what_it_may_do_now_and_until_when()
    {
        var world = World.Opened().Does(Role.Seller, new MakeOffer([World.Partial(1000)], null));
        var accept = See(world, Buyer).Actions.Single(action => action.Move == "accept_offer");
        Assert.Equal((2, world.Dispute.TermOf(TermKind.OfferAnswer, Role.Buyer)!.Due), (accept.Subject, accept.Due));
        Assert.True(See(world, Seller).May("withdraw_offer"));
        Assert.False(See(world, Seller).May("close"));
        world.Does(Role.Buyer, new AcceptOffer(2));
        var perform = See(world, Seller).Actions.Single(action => action.Move == "perform");
        Assert.Equal((1, See(world, Seller).Obligations[0].Due), (perform.Subject, perform.Due));
        Assert.DoesNotContain(See(world, Buyer).Actions, action => action.Move is "perform" or "lapse" or "open");
    }

    [Fact]
    public void Only_the_examiner_in_charge_is_offered_the_decision()
    {
        var world = World.ReadyToDecide();
        Assert.True(See(world, Examiner).May("decide"));
        Assert.True(See(world, Examiner).WaitsForReader);
        var other = See(world, Viewer.Examiner(World.Marketplace, new("somebody")));
        Assert.False(other.May("decide"));
        Assert.True(other.May("assign"));
        Assert.False(See(world, Viewer.Key(World.Marketplace)).May("decide"));
    }

    [Fact]
    public void The_wall_shows_what_each_of_the_three_proposes()
    {
        var world = World.ReadyToDecide();
        world.Does(Role.Seller, new MakeOffer([World.Partial(500)], null));
        Assert.Null(See(world, Buyer).Wall.Platform);
        world.Does(Role.Examiner, World.Decision());
        var wall = See(world, Buyer).Wall;
        Assert.Equal((1200, 500, 700), (Amount(wall.Buyer!.Lines), Amount(wall.Seller!.Lines), Amount(wall.Platform!)));
    }

    [Fact]
    public void A_decision_is_read_with_its_questions_clauses_and_reasons_in_each_language()
    {
        var world = World.ReadyToDecide().Does(Role.Examiner, World.Decision());
        var decision = World.Decision();
        var texts = TextBook.Of([.. decision.Reasons, .. decision.Findings.SelectMany(finding => finding.Question)]);
        var view = DisputeView.For(world.Dispute, world.Facts, texts, Seller, world.Now)!;
        var outcome = view.Outcomes.Single();
        Assert.Equal(["Because.", "Parce que."], outcome.Reasons.Select(text => text.Value));
        Assert.Equal(["en", "fr"], outcome.Findings[0].Question.Select(text => text.Language));
        Assert.Equal("C-1", outcome.Findings[0].Clause);
    }

    [Fact]
    public void A_closed_dispute_waits_for_nobody_and_says_what_stays_possible()
    {
        var world = World.Opened();
        world.Does(Role.Buyer, new CloseDispute(ClosingReason.OpenedByMistake, true, null, false, null));
        var view = DisputeView.For(world.Dispute, world.Facts, TextBook.Empty, Buyer, world.Now, world.Policy)!;
        Assert.Null(view.Agenda.Head);
        Assert.Equal(
            ["agenda.closed", "agenda.afterwards.final"], view.Agenda.Afterwards.Select(sentence => sentence.Key));
        Assert.Equal(ClosingReason.OpenedByMistake, view.Closing!.Reason);
        Assert.Equal(0, view.Money.InDispute.Minor);
        // The bank has its own time, and facts from outside are told at any.
        Assert.Equal(["inform_bank", "record_chargeback", "record_fact"],
            view.Actions.Select(action => action.Move).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void History_speaks_of_an_obligation_as_it_was_before_it_was_adjusted()
    {
        var refund = new Obligation(1, 1, 0, ObligationKind.Refund, Role.Seller, 1200, [new(1, 1)], []);
        var given = Given.Opened()
            .With(new SettlementReached(1, 1, [Given.Refund()], [refund], []))
            .With(new ObligationPerformed(1, Role.Seller, null, null, false))
            .With(new PerformanceContested(1, ContestReason.WrongAmount, 600, null), Role.Buyer)
            .With(new PerformanceRuled(1, Ruling.Adjusted, 600, Given.Text("So", Role.Examiner).Ref));
        var viewer = Viewer.Buyer(Given.Marketplace, Given.Buyer);
        var view = DisputeView.For(given.Dispute, given.Facts, given.Texts, viewer, given.Now)!;
        Assert.Equal(new Money(1200, "EUR"), AmountSaid(view.Timeline[2].Sentence));
        Assert.Equal(new Money(600, "EUR"), AmountSaid(view.Obligations[0].Sentence, nested: false));
    }

    private static object AmountSaid(Sentence sentence, bool nested = true)
    {
        if (nested) sentence = (Sentence)sentence.Arguments.Single(argument => argument.Name == "obligation").Value;
        return sentence.Arguments.Single(argument => argument.Name == "amount").Value;
    }

    private static (long InDispute, long ToCome, long Announced, long Refunded) Box(World world)
    {
        var box = See(world, Buyer).Money;
        return (box.InDispute.Minor, box.ToCome.Minor, box.Announced.Minor, box.Refunded.Minor);
    }

    private static long Amount(ValueList<RemedyView> lines) => lines.Sum(line => line.Amount?.Minor ?? 0);

    private static DisputeView See(World world, Viewer viewer) =>
        DisputeView.For(world.Dispute, world.Facts, TextBook.Empty, viewer, world.Now)!;
}

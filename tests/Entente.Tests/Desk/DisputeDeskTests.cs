using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using static Entente.Tests.Desk.OpenDesk;

namespace Entente.Tests.Desk;

public sealed class DisputeDeskTests : IAsyncLifetime
{
    private OpenDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await OpenDesk.Ready();

    [Fact]
    public async Task A_dispute_is_opened_and_kept()
    {
        var done = Assert.IsType<Reply.Done>(await _desk.Open());
        var stored = (await _desk.Centre.Store.Read(done.Dispute.Id)).Dispute;
        Assert.Equal(done.Dispute, stored);
        Assert.Equal(done.Facts, await _desk.Centre.Store.History(done.Dispute.Id));
        Assert.Equal("test@1", done.Facts[0].Policy);
        Assert.Equal(_desk.Order.Id, done.Dispute.Id.Order);
    }

    [Fact]
    public async Task Who_has_to_be_told_is_told_by_the_same_commit()
    {
        await _desk.Opened();
        await using var connection = await _desk.Centre.Database.Open();
        Assert.Contains("\"kind\":\"dispute_opened\"",
            await connection.ExecuteScalarAsync<string>("SELECT payload FROM outbox WHERE kind = 'notice'"));
    }

    [Fact]
    public async Task Units_in_an_open_dispute_cannot_be_claimed_twice()
    {
        await _desk.Open(_desk.Claim(units: 1));
        Assert.IsType<Reply.Done>(await _desk.Open(_desk.Claim(units: 1)));
        Assert.Equal(RefusalCode.UnitsAlreadyInDispute,
            Assert.IsType<Reply.Refused>(await _desk.Open(_desk.Claim(units: 1))).Refusal.Code);
    }

    [Fact]
    public async Task Units_are_free_again_once_the_dispute_is_closed()
    {
        var id = await _desk.Opened();
        await _desk.Open();
        Assert.IsType<Reply.Done>(await _desk.Ask(id, Closing, Buyer));
        Assert.IsType<Reply.Done>(await _desk.Open());
    }

    [Fact]
    public async Task Of_many_openings_of_the_last_unit_one_succeeds()
    {
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => Task.Run(() => _desk.Open(_desk.Claim(line: 2)))));
        Assert.Single(replies.OfType<Reply.Done>());
        Assert.All(replies.OfType<Reply.Refused>(), refused =>
            Assert.Equal(RefusalCode.UnitsAlreadyInDispute, refused.Refusal.Code));
        Assert.Equal(32, replies.Count(reply => reply is Reply.Done or Reply.Refused));
    }

    [Fact]
    public async Task What_one_dispute_was_promised_another_cannot_be()
    {
        await _desk.Orders.Import(Here, [Handed("A-1") with { Payments = [new("pay-1", "card", 1500)] }]);
        var first = await _desk.Opened();
        Assert.IsType<Reply.Done>(await _desk.Ask(first, new AcceptOffer(1), Seller));
        var second = Assert.IsType<Reply.Done>(await _desk.Open(_desk.Claim(line: 2))).Dispute;
        Assert.Equal(300, second.Opening.RefundableCap);
    }

    [Fact]
    public async Task Asked_again_under_its_key_a_command_adds_nothing()
    {
        var id = await _desk.Opened();
        var first = Assert.IsType<Reply.Done>(await _desk.Say(id, "Hello.", Buyer, "key-1"));
        var again = Assert.IsType<Reply.Done>(await _desk.Say(id, "Hello.", Buyer, "key-1"));
        Assert.True(again.Replayed && !first.Replayed);
        Assert.Equal(first.Facts, again.Facts);
        Assert.Equal(2, (await _desk.Centre.Store.History(id)).Count);
    }

    [Fact]
    public async Task A_key_is_for_one_command_and_one_asker()
    {
        var id = await _desk.Opened();
        await _desk.Say(id, "Hello.", Buyer, "key-1");
        Assert.IsType<Reply.KeyReused>(await _desk.Say(id, "Something else.", Buyer, "key-1"));
        Assert.IsType<Reply.KeyReused>(await _desk.Ask(id, new AcceptOffer(1), Buyer, "key-1"));
        Assert.False(Assert.IsType<Reply.Done>(await _desk.Say(id, "Hello.", Seller, "key-1")).Replayed);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_under_its_key()
    {
        var id = await _desk.Opened();
        Assert.IsType<Reply.Refused>(await _desk.Say(id, "", Buyer, "key-1"));
        Assert.False(Assert.IsType<Reply.Done>(await _desk.Say(id, "Hello.", Buyer, "key-1")).Replayed);
    }

    [Fact]
    public async Task Opened_again_under_its_key_there_is_one_dispute()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => _desk.Open(key: "key-1"))));
        Assert.Single(replies.Cast<Reply.Done>().Select(done => done.Dispute.Id).Distinct());
        Assert.Single(replies.Cast<Reply.Done>(), done => !done.Replayed);
    }

    [Fact]
    public async Task Of_many_who_ask_the_same_under_one_key_one_is_the_first()
    {
        var id = await _desk.Opened();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(_ => Task.Run(() => _desk.Say(id, "Hello.", Buyer, "key-1"))));
        Assert.Single(replies.Cast<Reply.Done>(), done => !done.Replayed);
        Assert.Equal(2, (await _desk.Centre.Store.History(id)).Count);
    }

    [Fact]
    public async Task Thirty_two_who_write_at_once_are_all_heard()
    {
        var id = await _desk.Opened();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 32).Select(number => Task.Run(() => _desk.Say(id, $"Number {number}.", Buyer))));
        Assert.Equal(32, replies.Count(reply => reply is Reply.Done));
        Assert.Equal(33, (await _desk.Centre.Store.History(id)).Count);
    }

    [Fact]
    public async Task Only_one_of_two_accepts_an_offer()
    {
        var id = await _desk.Opened();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => _desk.Ask(id, new AcceptOffer(1), Seller))));
        Assert.Single((await _desk.Centre.Store.History(id)).Select(fact => fact.Event).OfType<SettlementReached>());
        Assert.All(replies, reply => Assert.True(reply is Reply.Done or Reply.Refused));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    public async Task An_act_counts_strictly_before_the_due_instant(int micros, bool missed)
    {
        var id = await _desk.Opened();
        var due = (await _desk.Centre.Store.Read(id)).Dispute.Head!.Due;
        _desk.Centre.Time.SetUtcNow((due + Duration.FromTicks(10 * micros)).ToDateTimeOffset());
        Assert.IsType<Reply.Done>(await _desk.Say(id, "Here I am.", Seller));
        var history = await _desk.Centre.Store.History(id);
        Assert.Equal(missed, history.Any(fact => fact.Event is AnswerMissed));
        Assert.Equal(missed, (await _desk.Centre.Store.Read(id)).Dispute.AnswerWasMissed);
    }

    [Fact]
    public async Task What_a_rule_did_is_the_rules_act_in_a_commit_of_its_own()
    {
        var id = await _desk.Opened();
        _desk.Centre.Time.Advance(TimeSpan.FromDays(4));
        await _desk.Say(id, "Too late?", Seller);
        var history = await _desk.Centre.Store.History(id);
        Assert.Equal(new(ActorKind.Rule, Role.Rule, "answer.within"), history[1].By);
        Assert.Equal(new CommandId("term-1"), history[1].Cause);
        Assert.NotEqual(history[1].Cause, history[2].Cause);
    }

    [Fact]
    public async Task With_everybody_silent_the_clock_alone_ends_it()
    {
        var id = await _desk.Opened();
        for (var days = 0; days < 400; days++)
        {
            _desk.Centre.Time.Advance(TimeSpan.FromDays(1));
            if (Assert.IsType<Reply.Done>(await _desk.Door.Lapse(id)).Dispute.Stage == Stage.Closed) return;
        }
        Assert.Fail("The dispute is still open after 400 days.");
    }

    [Fact]
    public async Task A_refused_command_changes_nothing_itself()
    {
        var id = await _desk.Opened();
        var before = await _desk.Centre.Store.Read(id);
        Assert.Equal(RefusalCode.ComplaintTooEarly,
            Assert.IsType<Reply.Refused>(await _desk.Ask(id, new FileComplaint(null), Buyer)).Refusal.Code);
        Assert.Equal(before.Dispute, (await _desk.Centre.Store.Read(id)).Dispute);
    }

    [Fact]
    public async Task Who_decided_on_what_has_changed_is_told_so()
    {
        var id = await _desk.Opened();
        var ask = Asked(id, new PostMessage(Audience.All, Text("Hello.")), Buyer) with
        {
            Seen = 1, Reads = dispute => Viewer.Buyer(Here, dispute.Opening.Buyer),
        };
        await _desk.Ask(id, new PostMessage(Audience.SellerAndPlatform, Text("Between us.", Role.Seller)), Seller);
        Assert.IsType<Reply.Done>(await _desk.Door.Ask(ask));
        Assert.IsType<Reply.Stale>(await _desk.Door.Ask(ask));
    }

    [Fact]
    public async Task What_does_not_exist_for_the_asker_is_not_found()
    {
        var id = await _desk.Opened();
        var other = DisputeId.Of(_desk.Order.Id, new byte[10]);
        Assert.IsType<Reply.NotFound>(await _desk.Say(other, "Hello?", Buyer));
        Assert.IsType<Reply.NotFound>(await _desk.Door.Ask(new(id, new AcceptOffer(1), _ => null, "stranger")));
        Assert.IsType<Reply.NotFound>(
            await _desk.Door.Open(new(new string('0', 32)), _desk.Claim(), Buyer, "somebody"));
    }

    [Fact]
    public async Task A_damaged_dispute_is_left_alone()
    {
        var id = await _desk.Opened();
        await _desk.Centre.Database.Write(transaction =>
            transaction.Connection!.ExecuteAsync("UPDATE event SET seq = 2 WHERE seq = 1", null, transaction));
        Assert.IsType<Reply.Damaged>(await _desk.Say(id, "Hello?", Buyer));
        Assert.IsType<Reply.Damaged>(await _desk.Door.Lapse(id));
    }

    private static CloseDispute Closing => new(ClosingReason.NoLongerPursued, Confirmed: true, null, false, null);

    public ValueTask DisposeAsync()
    {
        _desk.Dispose();
        return ValueTask.CompletedTask;
    }
}

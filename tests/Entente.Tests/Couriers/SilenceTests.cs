using Dapper;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Storage;
using Entente.Server.Words;
using Entente.Tests.Server;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Couriers;

/// <summary>Everybody falls silent: the clock alone ends every dispute, as every page had said beforehand.</summary>
public sealed class SilenceTests : IAsyncDisposable
{
    private const int InstantsMax = 600;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private readonly HashSet<Consequence> _seen = [];
    private ServerUnderTest _server = null!;

    [Fact, Trait("Category", "slow")]
    public async Task The_clock_ends_every_dispute_at_its_announced_instants_by_its_announced_consequences()
    {
        _server = await ServerUnderTest.Start(_clock, demo: true);
        await _server.Settled();
        for (var instants = 0; await Next() is { } next; instants++)
        {
            Assert.True(instants < InstantsMax, "The disputes do not end.");
            var announced = await Announced(next);
            _clock.SetUtcNow(next.ToDateTimeOffset());
            await WaitUntilPassed(next);
            foreach (var (id, lines) in announced) await HasHappened(id, next, lines);
        }
        Assert.Equal(["closed"], await Stages());
        Assert.Superset(
            new HashSet<Consequence>
            {
                Consequence.ComplaintBecomesPossible, Consequence.OfferExpires, Consequence.GoesToReview,
                Consequence.DecidedOnFile,
                Consequence.PassesToSupervisor, Consequence.ReminderIsSent, Consequence.DisputeCloses,
                Consequence.StaysUnconfirmed,
            },
            _seen);
    }

    /// <summary>What each reader's page says will happen at that instant, by dispute.</summary>
    private async Task<Dictionary<DisputeId, List<AgendaLine>>> Announced(Instant next)
    {
        var announced = new Dictionary<DisputeId, List<AgendaLine>>();
        foreach (var id in await Due(next))
        {
            var history = await Store.History(id);
            var dispute = history.Aggregate(Dispute.Nothing(id), (folded, fact) => folded.After(fact));
            var views = Viewers(dispute).Select(viewer =>
                DisputeView.For(dispute, history, TextBook.Of([]), viewer,
                    Instant.FromDateTimeOffset(_clock.GetUtcNow()))!).ToList();
            announced[id] = [.. views[0].Agenda.Lines.Where(line => line.Due == next)];
            Assert.NotEmpty(announced[id]);
            foreach (var view in views)
                AreSaid([.. view.Agenda.Lines.Where(line => line.Due == next)], announced[id].Count);
        }
        return announced;
    }

    private void AreSaid(List<AgendaLine> lines, int count)
    {
        Assert.Equal(count, lines.Count);
        foreach (var language in new[] { "fr", "en" })
        {
            var speaker = _server.Get<WordBook>().For(
                language, DateTimeZoneProviders.Tzdb["Europe/Paris"], Instant.FromDateTimeOffset(_clock.GetUtcNow()));
            foreach (var line in lines)
            {
                Assert.Contains(speaker.Of(line.Due, "deadline"), speaker.Say(line.Task), StringComparison.Ordinal);
                Assert.NotEmpty(speaker.Say(line.Otherwise));
            }
        }
    }

    private async Task HasHappened(DisputeId id, Instant next, List<AgendaLine> announced)
    {
        var history = await Store.History(id);
        var then = history.Where(fact => fact.At == next).ToList();
        Assert.NotEmpty(then);
        Assert.All(then, fact => Assert.Equal(ActorKind.Rule, fact.By.Kind));
        foreach (var line in announced)
        {
            var facts = then.Where(fact => fact.Cause.Value == $"term-{line.Term.Id}")
                .Select(fact => fact.Event).ToList();
            // Of two terms at one instant the first may settle the matter of the second.
            if (facts.Count == 0)
                Assert.Contains(then, fact => fact.Event.Ends.Contains(line.Term.Id) || fact.Event is DisputeClosed);
            else Assert.True(facts.Any(fact => Fulfils(line.Term.Otherwise, fact)),
                $"{id}: {line.Term} brought {string.Join(", ", facts)}");
            if (facts.Count > 0) _seen.Add(line.Term.Otherwise);
        }
    }

    private static bool Fulfils(Consequence announced, DisputeEvent fact) => announced switch
    {
        Consequence.ComplaintBecomesPossible => fact is AnswerMissed,
        Consequence.OfferExpires => fact is OfferExpired,
        Consequence.GoesToReview => fact is ComplaintFiled,
        Consequence.ClaimIsGranted =>
            fact is DefaultOutcome granted && granted.Lines.Any(line => line.Kind != RemedyKind.None),
        Consequence.ClaimIsDismissed =>
            fact is DefaultOutcome dismissed && dismissed.Lines.All(line => line.Kind == RemedyKind.None),
        Consequence.DisputeCloses => fact is DisputeClosed,
        Consequence.DecidedOnFile => fact is EvidenceTimeEnded,
        Consequence.PassesToSupervisor => fact is PassedToSupervisor,
        Consequence.OutcomeIsCarriedOut => fact is AppealWindowEnded,
        Consequence.GoesToExaminer => fact is ObligationOverdue or RulingNeeded or BreachUnanswered,
        Consequence.PlatformRefunds => fact is ObligationOverdue,
        Consequence.BecomesRefund => fact is ObligationBecameRefund,
        Consequence.ReminderIsSent => fact is ReminderSent,
        Consequence.DependentRefundIsCancelled => fact is ObligationsCancelled,
        Consequence.CountsAsReturned => fact is ReturnCountsAsDone,
        Consequence.CountsAsReceived => fact is PerformanceConfirmed,
        Consequence.StaysUnconfirmed => fact is PerformanceUnanswered,
        Consequence.StaysDefaulted => fact is ObligationDefaulted or BreachRuled { Upheld: true },
        Consequence.AppealGoesOnAlone => fact is JoiningTimeEnded,
        Consequence.DecisionBecomesFinal => fact is AppealWindowEnded,
        Consequence.FirstDecisionStands => fact is DecisionLeftStanding,
        Consequence.ReopeningIsDenied => fact is ReopeningDenied { By: null },
        Consequence.BreachFallsAway => fact is BreachRuled { Upheld: false },
        Consequence.MeasureStays => fact is MeasureReviewed { Lifted: false },
        Consequence.ExaminerIsReplaced => fact is ChallengeAnswered { Replaced: true },
        Consequence.ExtensionIsRefused => fact is ExtensionRefused,
        Consequence.ProposalLapses => fact is ProposalEnded,
        Consequence.RoundEnds => fact is BidRoundEnded,
        Consequence.ReviewGoesOn => fact is InquiryEnded,
        Consequence.ClosesAsReconciled => fact is DisputeClosed,
        Consequence.GoesOn => fact is PauseEnded,
    };

    private DisputeStore Store => _server.Get<DisputeStore>();

    private static Viewer[] Viewers(Dispute dispute) =>
    [
        Viewer.Operator(dispute.Opening.Marketplace, new("someone")),
        Viewer.Buyer(dispute.Opening.Marketplace, dispute.Opening.Buyer),
        Viewer.Seller(dispute.Opening.Marketplace, dispute.Opening.Seller),
    ];

    private async Task WaitUntilPassed(Instant next)
    {
        await Soon.Until(async () => await Next() is not { } later || later > next, $"what was due at {next} passed");
        await _server.Settled(); // A stand-in clock is faster than any courier.
    }

    private async Task<Instant?> Next() =>
        (await Rows<long?>("SELECT min(next_due) FROM dispute")) is [{ } micros] ? Micros.From(micros) : null;

    private async Task<List<DisputeId>> Due(Instant next) =>
        [.. (await Rows<(string, string)>($"SELECT order_id, suffix FROM dispute WHERE next_due = {Micros.Of(next)}"))
            .Select(row => new DisputeId(new(row.Item1), row.Item2))];

    private Task<List<string>> Stages() => Rows<string>("SELECT DISTINCT stage FROM dispute");

    private async Task<List<T>> Rows<T>(string sql)
    {
        await using var connection = await _server.Get<Database>().Open();
        return [.. await connection.QueryAsync<T>(sql)];
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

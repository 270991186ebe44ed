using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Web.Party.Questions;
using Entente.Tests.Server;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Web;

/// <summary>The nine questions, answered from inside a dispute by its own facts.</summary>
public sealed class QuestionsTests
{
    [Fact]
    public async Task Each_question_is_answered_in_every_stage_for_both_sides_and_in_both_languages()
    {
        await using var fair = await Fair.Open();
        foreach (var stage in Enum.GetValues<Moment>())
        {
            var id = await At(fair, stage);
            foreach (var side in (PersonId[])[fair.Cast.Buyer1, fair.Cast.Seller1])
                foreach (var language in (string[])["fr", "en"])
                {
                    using var reader = await fair.Server.SignedIn(side);
                    var page = WebUtility.HtmlDecode(await reader.Read($"/disputes/{id}/answers?lang={language}"));
                    Assert.All(Question.Anchors, anchor => Assert.Contains($"id=\"{anchor}\"", page));
                    Assert.DoesNotContain('{', page);
                }
        }
    }

    [Fact]
    public async Task The_answers_are_facts_of_this_dispute()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2026-11-02T09:00:00Z", null));
        await using var fair = await Fair.Open(clock, french: true);
        var id = await At(fair, Moment.Announced);
        using var buyer = await fair.Buyer();
        var page = Plain(await buyer.Read($"/disputes/{id}/answers?lang=fr"));
        Assert.Contains("Poterie du Marais", page, StringComparison.Ordinal);
        Assert.Contains("10,00 €", page, StringComparison.Ordinal);
        Assert.Contains("(annoncé comme fait)", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/disputes/{id}#message\"", page, StringComparison.Ordinal);
        Assert.Contains("Vous vous êtes mis d’accord le 2 novembre 2026.", page, StringComparison.Ordinal);
        Assert.Contains("Votre commande 2026-000123 est livrée : elle n’est pas terminée.", page,
            StringComparison.Ordinal);
        Assert.Contains("Ce litige ne change rien à votre réputation", page, StringComparison.Ordinal);
        Assert.Contains(id.Reference, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_about_the_bank_is_about_the_chargeback_that_runs()
    {
        await using var fair = await Fair.Open(french: true);
        var id = await fair.Dispute();
        using var buyer = await fair.Buyer();
        Assert.Contains("Aucune rétrofacturation", await Bank(), StringComparison.Ordinal);
        await Tell(ChargebackPhase.Opened, isFinal: false);
        var runs = await Bank();
        Assert.Contains("La banque a repris 12,00 € du paiement", runs, StringComparison.Ordinal);
        Assert.Contains("au plus tard le 20 décembre 2026", runs, StringComparison.Ordinal);
        Assert.Contains("R-4711", runs, StringComparison.Ordinal);
        Assert.Contains("avancent côte à côte", runs, StringComparison.Ordinal);
        Assert.DoesNotContain("Aucune rétrofacturation", runs, StringComparison.Ordinal);
        Assert.DoesNotContain("Si une rétrofacturation court", runs, StringComparison.Ordinal);
        await Tell(ChargebackPhase.ForBuyer, isFinal: true);
        var decided = await Bank();
        Assert.Contains("tranché en faveur de l’acheteur : 12,00 €, définitivement", decided, StringComparison.Ordinal);
        Assert.DoesNotContain("côte à côte", decided, StringComparison.Ordinal);

        Task Tell(ChargebackPhase phase, bool isFinal) => fair.Ask(id, Role.Operator, new RecordChargeback(
            "cb-1", phase, 1200, isFinal, null, Instant.FromUtc(2026, 12, 20, 11, 0),
            fair.Text("R-4711", Role.Operator), null));

        async Task<string> Bank() => Plain((await buyer.Read($"/disputes/{id}/answers?lang=fr"))
            .Split("data-question=\"bank\"")[1].Split("</section>")[0]);
    }

    [Fact]
    public async Task Nobody_else_reads_them()
    {
        await using var fair = await Fair.Open();
        var id = await fair.Dispute();
        using var other = await fair.Server.SignedIn(fair.Cast.Seller2);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Fetch($"/disputes/{id}/answers")).StatusCode);
    }

    private enum Moment { Opened, Review, Settled, Announced, Closed }

    private static async Task<DisputeId> At(Fair fair, Moment moment)
    {
        var id =
            await fair.Dispute(await fair.Purchase($"2026-{(moment == Moment.Announced ? "000123" : $"{moment}")}"));
        if (moment == Moment.Review)
        {
            await fair.Ask(id, Role.Seller, new DeclineOffer(1, null));
            await fair.Ask(id, Role.Buyer, new FileComplaint(null));
        }
        if (moment is Moment.Settled or Moment.Announced)
        {
            await fair.Ask(id, Role.Seller,
                new MakeOffer([new(RemedyKind.PartialRefund, [new(1, 1)], 1000)], null));
            await fair.Ask(id, Role.Buyer, new AcceptOffer(2));
        }
        if (moment == Moment.Announced) await fair.Ask(id, Role.Seller, new Perform(1, null, null));
        if (moment == Moment.Closed)
            await fair.Ask(id, Role.Buyer, new CloseDispute(ClosingReason.NoLongerPursued, true, null, false, null));
        return id;
    }

    private static string Plain(string page) =>
        WebUtility.HtmlDecode(page).Replace('\u00a0', ' ').Replace('\u202f', ' ');
}

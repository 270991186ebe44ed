using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Papers.Kit;

namespace Entente.Server.Papers.Bank;

/// <summary>
/// A letter to the bank whose customer disputes the payment: what the dispute is, how it ended or stands, and what the
/// bank is told by it. Written from what both sides read; nothing said in private.
/// </summary>
internal static class BankLetter
{
    /// <param name="open">The dossier of what everybody in the dispute reads.</param>
    public static Paper Of(Dossier open)
    {
        var view = open.View;
        var parts = new List<Part>
        {
            new Prose(open.Say("bank.to")),
            new Prose(open.Say("bank.greeting")),
            new Prose(open.Say("bank.about",
                ("house", open.House), ("buyer", open.NameOf(Role.Buyer)), ("seller", open.NameOf(Role.Seller)),
                ("order", view.Order.ExternalId), ("at", view.Order.Dates.Paid ?? view.Order.Dates.Placed))),
            new Rows(
            [
                new(open.Say("bank.our_reference"), $"{view.Reference} ({view.Id})"),
                .. Yours(open),
                new(open.Say("case.money_paid"), open.Of(view.Money.Paid)),
                new(open.Say("case.claim"), string.Join("\n", view.Items.Select(item => open.Say("bank.claim",
                    ("reason", open.Of(item.Reason)), ("title", open.File.TitleOf(item.Line)),
                    ("units", item.Units))))),
                new(open.Say("bank.refunded"), open.Of(view.Money.Refunded)),
                new(open.Say("bank.to_come"), open.Of(view.Money.ToCome)),
            ]),
            new Heading(open.Say("bank.stand")),
            new Prose(Standing(open)),
        };
        parts.AddRange(view.Outcomes.SelectMany(outcome => new Part[]
        {
            new Heading(open.Say("bank.outcome",
                ("what", open.Say($"case.outcome_{Codes.Of(outcome.Kind)}")), ("at", outcome.At)), 2),
            Statement.Granted(open, outcome.Lines),
        }));
        parts.AddRange(Statement.Obligations(open));
        parts.Add(new Heading(open.Say("bank.ask")));
        parts.Add(new Prose(open.Say(AskOf(open))));
        parts.Add(new Prose(open.Say("bank.enclosed")));
        parts.Add(new Prose(open.Say("bank.signed", ("house", open.House))));
        parts.AddRange(open.Proof());
        return open.Paper(open.Say("bank.letter"), parts);
    }

    /// <summary>The bank's own procedures, by the number it gave them.</summary>
    private static IEnumerable<Row> Yours(Dossier open) => open.View.Chargebacks.Select(chargeback => new Row(
        open.Say("bank.your_procedure"),
        open.Say("bank.your_procedure_line",
            ("reference", chargeback.Reference?.Value ?? ""),
            ("numbered", chargeback.Reference?.Value is null ? "no" : "yes"), ("amount", chargeback.Amount),
            ("phase", chargeback.Phase), ("at", chargeback.At))));

    private static string Standing(Dossier open) => open.View switch
    {
        { Closing: { } closing } => open.Say("bank.closed",
            ("at", closing.At), ("reason", open.Speaker.Of(closing.Reason, "noun"))),
        { Outcomes.Count: > 0 } => open.Say("bank.settled", ("stage", open.View.Stage)),
        _ => open.Say("bank.open", ("stage", open.View.Stage)),
    };

    /// <summary>Money that came back once is not to come back a second time.</summary>
    private static string AskOf(Dossier open) => open.View.Money switch
    {
        { Refunded.Minor: > 0 } => "bank.ask_refunded",
        _ when open.View.Chargebacks.Any(one => one is { Final: true, Phase: ChargebackPhase.ForBuyer }) =>
            "bank.ask_returned",
        { ToCome.Minor: > 0 } or { Announced.Minor: > 0 } => "bank.ask_to_come",
        _ when open.View.Closing is not null => "bank.ask_closed",
        _ => "bank.ask_open",
    };
}

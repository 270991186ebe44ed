using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Web.Party;
using Entente.Server.Words;

namespace Entente.Server.Web.Cases;

/// <summary>One thing that goes on beside offers and obligations.</summary>
/// <param name="Written">What a person wrote with it.</param>
public sealed record ExchangeLine(string Text, string? Written, IReadOnlyList<Way> Ways);

/// <summary>What goes on between the sides, and the ways into more of it.</summary>
public static class ExchangeLines
{
    public static IReadOnlyList<ExchangeLine> Of(CaseFile file, Speaker speaker)
    {
        var (exchange, lines) = (file.View.Exchange, new List<ExchangeLine>());
        if (exchange.Extension is { } asked)
            lines.Add(
                new(speaker.Say("exchange.extension", ("by", By(asked.By, file)), ("term", asked.Kind),
                    ("until", asked.Until)),
                asked.Text?.Value,
                    Ways(file, ("agree_extension", $"extensions/{asked.No}/acceptance"),
                        ("refuse_extension", $"extensions/{asked.No}/refusal"))));
        if (exchange.Round is { } round)
            lines.Add(new(
                speaker.Say("exchange.round", ("no", round.No), ("until", round.Until),
                    ("placed", round.HasBid ? "yes" : "no")),
                null, Ways(file, ("place_blind_bid", $"bid-rounds/{round.No}/bid"))));
        if (exchange.Inquiry is { } open)
            lines.Add(
                new(speaker.Say("exchange.inquiry", ("whom", open.Whom), ("owner", By(open.Owner, file)),
                    ("until", open.Until)),
                open.Text.Value, Ways(file, ("answer_inquiry", $"inquiries/{open.No}/answer"))));
        if (exchange.Reconciling is { } because)
            lines.Add(new(speaker.Say("exchange.reconciling", ("because", because)), null,
                Ways(file, ("close", "closure"), ("reject_reconciliation", "reconciliation/refusal"))));
        lines.AddRange(exchange.Records.Select(record => Line(record, file, speaker)));
        return lines;
    }

    /// <summary>What can be begun; what waits for an answer stands in the lines.</summary>
    public static IReadOnlyList<Way> Links(CaseFile file)
    {
        var ways = new List<Way>();
        var mine =
            file.View.Actions.Where(action => action.Move == "propose_extension").Select(action => action.Subject);
        foreach (var term in file.View.Terms.Where(term => mine.Contains(term.Id)))
            ways.Add(new($"act.extend_{Codes.Of(term.Kind)}", $"{file.Address}/terms/{term.Id}/extension", "plain"));
        ways.AddRange(Ways(file, ("open_bid_round", "bid-rounds"), ("amend_claim", "claim"), ("record_fact", "facts"),
            ("await_third_party", "inquiries"), ("propose_remedy", "proposals")));
        return ways;
    }

    private static ExchangeLine Line(RecordView record, CaseFile file, Speaker speaker) => new(
        speaker.Say("exchange.record",
            ("by", By(record.By, file)), ("fact", ExchangeActs.About(record)),
            ("standing", record.Verified ? "verified"
                : record.IsTrue switch { true => "true", false => "denied", null => "open" })),
        record.Reference?.Value,
        !record.MayAnswer ? [] :
        [
            new("act.confirm_fact", $"{file.Address}/facts/{record.No}/confirmation", "plain"),
            new("act.deny_fact", $"{file.Address}/facts/{record.No}/denial", "plain"),
        ]);

    private static IReadOnlyList<Way> Ways(CaseFile file, params ReadOnlySpan<(string Move, string Path)> moves)
    {
        var ways = new List<Way>();
        foreach (var (move, path) in moves)
            if (file.View.May(move)) ways.Add(new($"act.{move}", $"{file.Address}/{path}", "plain"));
        return ways;
    }

    private static string By(Role role, CaseFile file) => role == file.Me ? "you" : Codes.Of(role);
}

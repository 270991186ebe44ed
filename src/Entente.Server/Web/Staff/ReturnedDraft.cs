using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Web.Party;
using Microsoft.Extensions.Primitives;

namespace Entente.Server.Web.Staff;

/// <summary>A decision that a second examiner gave back, as its author finds it again in the composer.</summary>
public static class ReturnedDraft
{
    public static FormState State(
        DraftView? draft, IReadOnlyList<RemedyPart> parts, string language)
    {
        if (draft is null) return FormState.Empty;
        var typed = new Dictionary<string, StringValues>();
        foreach (var (finding, index) in draft.Findings.Select((finding, index) => (finding, index)))
            Fill(typed, finding, string.Create(CultureInfo.InvariantCulture, $"findings[{index}]"));
        foreach (var aside in draft.SetAside)
            typed[string.Create(CultureInfo.InvariantCulture, $"set_aside[{aside.Exhibit}]")] = Codes.Of(aside.Why);
        Fill(typed, "reasons", draft.Reasons);
        if (draft.Result is { } result) typed["result"] = Codes.Of(result);
        // A decision is composed of one part; where it was split further, its remedy is typed anew.
        if (parts is [var part]) Fill(typed, draft.Lines, part, language);
        return FormState.Of(new FormCollection(typed));
    }

    private static void Fill(Dictionary<string, StringValues> typed, FindingView finding, string at)
    {
        Fill(typed, $"{at}.question", finding.Question);
        typed[$"{at}.answer"] = Codes.Of(finding.Answer);
        typed[$"{at}.clause"] = finding.Clause;
        typed[$"{at}.relied_on"] =
            finding.ReliedOn.Select(no => no.ToString(CultureInfo.InvariantCulture)).ToArray();
    }

    private static void Fill(
        Dictionary<string, StringValues> typed, ValueList<RemedyView> lines, RemedyPart part, string language)
    {
        foreach (var line in lines)
        {
            if (line.Kind == RemedyKind.Reimbursement)
            {
                typed[part.Name(RemedyTyped.Beside)] = line.Amount is { } costs ? Amounts.Print(costs, language) : "";
                continue;
            }
            var kind = Codes.Of(line.Kind);
            typed[part.Name("kind")] = kind;
            if (RemedyTyped.TakesAmount(line.Kind) && line.Amount is { } amount)
                typed[part.Name($"amount_{kind}")] = Amounts.Print(amount, language);
            if (line.FreightPaidBy is { } payer) typed[part.Name($"freight_{kind}")] = Codes.Of(payer);
            if (line.ReturnWanted) typed[part.Name("return")] = "yes";
        }
    }

    private static void Fill(Dictionary<string, StringValues> typed, string field, ValueList<ShownText> texts)
    {
        foreach (var text in texts) typed[$"{field}.{text.Language}"] = text.Value;
    }
}

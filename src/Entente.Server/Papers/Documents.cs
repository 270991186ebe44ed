using System.Globalization;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Papers.Kit;

namespace Entente.Server.Papers;

/// <summary>The documents there are about a dispute, by name, and how each is written.</summary>
public static class Documents
{
    public const string Pdf = ".pdf";
    public const string Html = ".html";
    private const string DecisionPrefix = "decision-";

    /// <summary>What this reader can have: statement, decision-2, closing.</summary>
    public static IReadOnlyList<string> Of(DisputeView view) =>
    [
        "statement",
        .. view.Outcomes.Where(outcome => outcome.Kind == OutcomeKind.Decision).Select(NameOf),
        .. view.Closing is null ? Array.Empty<string>() : ["closing"],
    ];

    public static string NameOf(OutcomeView decision) =>
        DecisionPrefix + decision.No.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null where there is no such document for this reader.</summary>
    public static Paper? Write(Dossier dossier, string name)
    {
        if (!Of(dossier.View).Contains(name)) return null;
        return name switch
        {
            "statement" => Statement.Of(dossier),
            "closing" => ClosingReceipt.Of(dossier, dossier.View.Closing!),
            _ => DecisionPaper.Of(dossier, dossier.View.Outcomes.First(outcome => NameOf(outcome) == name)),
        };
    }

    /// <summary>Which document an address asks for, and in which of its two shapes; null for neither.</summary>
    public static (string Name, bool IsPdf)? Asked(string file) =>
        file.EndsWith(Pdf, StringComparison.Ordinal) ? (file[..^Pdf.Length], true)
        : file.EndsWith(Html, StringComparison.Ordinal) ? (file[..^Html.Length], false)
        : null;
}

using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Papers.Kit;
using Entente.Server.Web.Cases;

namespace Entente.Server.Papers;

/// <summary>The receipt of a closing: why, by whom, what was carried out, and what stays possible.</summary>
internal static class ClosingReceipt
{
    public static Paper Of(Dossier dossier, ClosingView closing)
    {
        var parts = new List<Part>
        {
            new Prose(dossier.Say("paper.closing_about", ("at", closing.At), ("house", dossier.House))),
            Statement.Facts(dossier),
            new Heading(dossier.Say("paper.closed")),
            Closing(dossier, closing),
        };
        if (closing.Comment is { } comment) parts.Add(dossier.Written([comment]));
        if (closing.AcceptsLess) parts.Add(new Prose(dossier.Say("paper.accepts_less")));
        parts.AddRange(Statement.Outcomes(dossier));
        parts.AddRange(Statement.Money(dossier));
        parts.AddRange(Statement.Next(dossier));
        if (dossier.View.Viewer.Role == Role.Buyer) parts.Add(new Prose(dossier.Say("paper.standing_unchanged")));
        parts.AddRange(dossier.Proof());
        return dossier.Paper(dossier.Say("paper.closing"), parts);
    }

    private static Rows Closing(Dossier dossier, ClosingView closing) => new(
    [
        new(dossier.Say("paper.closed_on"), dossier.Of(closing.At)),
        new(dossier.Say("paper.closed_by"), closing.By is { } by ? dossier.Of(by) : dossier.Say("case.rule")),
        new(dossier.Say("paper.closed_why"), Story.Capital(dossier.Speaker.Of(closing.Reason, "noun"))),
    ]);
}

using Entente.Domain.Disputes;
using static Entente.Server.Demo.DemoPeople;
using static Entente.Server.Demo.Moment;

namespace Entente.Server.Demo;

internal static partial class DemoStories
{
    /// <summary>
    /// Dismissed, and the buyer asked for an additional review with a new exhibit; nobody has taken it yet.
    /// </summary>
    private static Story BracketAppealed => new("PDH-23987",
    [
        Emma.Opens(Day(11, "09:15"), Oliver, Claim(Reason.Incomplete, line: 2), Line(RemedyKind.FullRefund, line: 2),
            "The wall bracket came without its two long screws, so it cannot be mounted.", "en", "fr"),
        Oliver.Declines(Day(10, "10:20"), 1, "The screws are taped to the inside of the lid of the box."),
        Emma.Complains(Day(9, "19:05"), "There is nothing in the lid. Please decide."),
        Claire.Takes(Day(8, "09:40")),
        Emma.Waives(Day(8, "18:00"), TermKind.Evidence),
        Oliver.Waives(Day(7, "11:30"), TermKind.Evidence),
        Claire.Decides(Day(4, "15:10"), "as-described", FindingAnswer.NotProven, Line(RemedyKind.None, line: 2),
            new("Les vis manquaient-elles à la livraison ?", "Were the screws missing on delivery?"),
            new("Personne n’a montré le contenu de la boîte ; le manque n’est pas établi.",
                "Nobody showed what was in the box; that anything was missing is not proven.")),
        Emma.Shows(
            Day(1, "08:50"), ExhibitKind.Photo, "The box with its lid open, and all that was in it", "carton.png"),
        Emma.Appeals(Day(1, "09:00"), [1], [1],
            "I had thrown nothing away: this is the box, the lid and the parts list. There are no long screws."),
    ]);
}

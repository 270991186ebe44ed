using Entente.Domain.Disputes;
using static Entente.Server.Demo.DemoPeople;
using static Entente.Server.Demo.Moment;

namespace Entente.Server.Demo;

internal static partial class DemoStories
{
    /// <summary>Opened this morning; the seller has not seen it yet.</summary>
    private static Story VaseFresh => new("PDH-24051",
    [
        Camille.Opens(Minutes(190), Hugo, Claim(Reason.Damaged), Line(RemedyKind.FullRefund),
            "L’un des deux vases est arrivé fendu sur toute sa hauteur. Le carton était enfoncé d’un côté. L’autre "
                + "vase est intact et je le garde."),
        Camille.Shows(Minutes(186), ExhibitKind.Photo, "La fente du vase", "vase-fendu.png"),
        Camille.Shows(Minutes(185), ExhibitKind.Photo, "Le carton à la livraison", "carton.png"),
    ]);

    /// <summary>Both sides have an open offer.</summary>
    private static Story SpeakerOffers => new("PDH-23987",
    [
        Emma.Opens(Day(2, "10:05"), Oliver, Claim(Reason.Defective), Line(RemedyKind.Replacement),
            "The left channel crackles at any volume, by Bluetooth and by cable. I reset it twice as the manual says. "
                + "I would like one that works."),
        Emma.Shows(Day(2, "10:12"), ExhibitKind.Photo, "Where the grille is loose", "speaker.png"),
        Oliver.Says(Day(2, "15:30"),
            "Sorry to hear that. This colour is out of stock until next month, so a replacement would take a while."),
        Oliver.Offers(Day(1, "09:40"), Line(RemedyKind.PartialRefund, 3000),
            "Keep the speaker and we return 30 pounds."),
        Emma.Says(Day(1, "12:20"), "It crackles all the time. Thirty pounds is too little for half a speaker."),
        Emma.Offers(Minutes(230), Line(RemedyKind.PartialRefund, 6000), "Sixty, and I have it repaired here."),
    ]);

    /// <summary>Another seller of the order that is under review, who knows nothing of that.</summary>
    private static Story HeadphonesOffer => new("PDH-23811",
    [
        Camille.Opens(Day(2, "19:02"), Oliver, Claim(Reason.Incomplete, line: 2),
            Line(RemedyKind.MissingParts, line: 2),
            "Le casque fonctionne bien, mais l’étui de charge annoncé dans le titre n’était pas dans la boîte.",
            "fr", "en"),
        Camille.Shows(Day(2, "19:06"), ExhibitKind.Photo, "Le contenu de la boîte", "casque.png"),
        Oliver.Says(Day(1, "10:15"),
            "Thank you for the photo. The case ships from another warehouse and was forgotten, I am sorry."),
        Oliver.Offers(Day(1, "10:20"), Line(RemedyKind.Compensation, 1500, line: 2),
            "You can buy a case anywhere for 15 euros; we would pay you that instead of sending one."),
    ]);
}

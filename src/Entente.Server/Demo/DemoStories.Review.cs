using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Server.Demo.DemoPeople;
using static Entente.Server.Demo.Moment;

namespace Entente.Server.Demo;

internal static partial class DemoStories
{
    /// <summary>Both sides still have time for evidence.</summary>
    private static Story LampInReview => new("PDH-23811",
    [
        Camille.Opens(Day(6, "20:31"), Ines, Claim(Reason.NotAsDescribed), Line(RemedyKind.FullRefund),
            "L’annonce dit « laiton massif ». La lampe est en acier peint : la peinture s’écaille déjà au pied et "
                + "l’aimant y colle."),
        Camille.Shows(Day(6, "20:40"), ExhibitKind.Photo, "Le pied de la lampe", "lampe.png"),
        Ines.Declines(Day(5, "11:05"), 1, "« Laiton » désigne la couleur, comme l’indique la fiche technique."),
        Camille.Says(
            Day(4, "08:50"),
            "La fiche technique n’était pas sur l’annonce. Vous dites vous-même « massif » dans le titre, comment "
                + "l’aurais-je deviné ?"),
        Camille.Complains(Day(2, "18:10"),
            "Nous ne tombons pas d’accord sur ce que disait l’annonce. Je demande à la plateforme d’en juger."),
        Claire.Takes(Day(1, "09:30")),
        Ines.Shows(Day(1, "11:45"), ExhibitKind.Other, "La fiche technique", "fiche-technique.pdf"),
        Ines.Shows(Day(1, "11:52"), ExhibitKind.Invoice, "Notre facture d’achat", "facture-fournisseur.pdf",
            sealedBecause: "Elle montre nos prix d’achat et notre fournisseur."),
        Claire.Requests(Day(1, "14:20"), Role.Seller, ExhibitKind.Other,
            "Merci de joindre l’annonce telle qu’elle était le jour de l’achat, avec son titre complet.", 3),
        Ines.Says(
            Minutes(300), "Je demande l’archive de l’annonce à votre service technique, elle n’est plus en ligne.",
            Audience.SellerAndPlatform),
    ]);

    /// <summary>Both gave up the rest of their time: the examiner can decide.</summary>
    private static Story PendantReady => new("PDH-23644",
    [
        Emma.Opens(Day(9, "21:14"), Ines, Claim(Reason.NotReceived), Line(RemedyKind.FullRefund),
            "The lamp never came. The tracking page has said “handed to the carrier” for more than a week.",
            "en", "fr"),
        Ines.Says(Day(8, "10:00"),
            "Le colis est parti le jour prévu, voici le bordereau. Le transporteur ne répond pas encore."),
        Ines.Shows(Day(8, "10:04"), ExhibitKind.Tracking, "Bordereau d’expédition", "bordereau.pdf"),
        Emma.Says(Day(7, "18:33"), "A dispatch note does not put a lamp on my ceiling. Please refund me."),
        Emma.Complains(Day(5, "19:20"), "Nothing has arrived and the seller waits for the carrier. Please decide."),
        Emma.Shows(Day(5, "19:28"), ExhibitKind.Email, "What the carrier wrote to me", "carrier.eml"),
        Daniel.Takes(Day(4, "09:10")),
        Emma.Waives(Day(4, "20:00"), TermKind.Evidence),
        Ines.Waives(Day(3, "16:40"), TermKind.Evidence),
    ]);

    /// <summary>Decided; both may still ask for an additional review.</summary>
    private static Story DeckDecided => new("PDH-23390",
    [
        Camille.Opens(Day(16, "17:25"), Oliver, Claim(Reason.Defective), Line(RemedyKind.FullRefund),
            "Le plateau tourne trop vite : un 33 tours joue presque un demi-ton trop haut. Mesuré au stroboscope.",
            "fr", "en"),
        Camille.Shows(Day(16, "17:31"), ExhibitKind.Photo, "La mesure au stroboscope", "platine.png"),
        Oliver.Declines(Day(14, "10:30"), 1,
            "The speed can be set with the small screw under the platter. This is in the manual, page 9."),
        Camille.Complains(Day(13, "12:00"),
            "J’ai suivi la page 9 : la vis est déjà en butée. La platine ne joue pas juste."),
        Claire.Takes(Day(12, "09:20")),
        Oliver.Shows(Day(12, "15:10"), ExhibitKind.Other, "Manual, page 9", "manual.pdf"),
        Camille.Says(Day(11, "19:00"), "La vis est en butée, on le voit sur la photo à côté du disque."),
        Camille.Waives(Day(11, "19:02"), TermKind.Evidence),
        Oliver.Waives(Day(10, "11:00"), TermKind.Evidence),
        Claire.Decides(Day(3, "15:00"), "defects", FindingAnswer.InPart, Line(RemedyKind.PartialRefund, 8000),
            new("La platine était-elle défectueuse à la livraison ?", "Was the record deck defective on delivery?"),
            new(
                "La photographie du stroboscope (pièce 1) montre une vitesse trop élevée de 3 %. Le manuel (pièce 2) "
                    + "prévoit un réglage, "
                + "mais l’acheteuse montre que la vis est en butée, et le vendeur n’y répond pas. Le défaut existait "
                + "donc à la livraison. "
                + "Il se répare : un atelier demande de 70 à 90 euros. Un remboursement de 80 euros met l’acheteuse "
                + "dans la situation promise.",
                "The photograph of the strobe (exhibit 1) shows a speed that is 3% too high. The manual (exhibit 2) "
                    + "provides an adjustment, "
                + "but the buyer shows that the screw is at its end, and the seller does not answer this. The defect "
                + "was there on delivery. "
                + "It can be repaired: a workshop asks 70 to 90 euros. A refund of 80 euros puts the buyer where she "
                + "was promised to be.")),
    ]);
}

using Entente.Domain;
using Entente.Domain.Disputes;
using static Entente.Server.Demo.DemoPeople;
using static Entente.Server.Demo.Moment;

namespace Entente.Server.Demo;

internal static partial class DemoStories
{
    /// <summary>The seller says that the refund is on its way; the buyer has not answered yet.</summary>
    private static Story BowlsRefundAnnounced => new("PDH-23502",
    [
        Emma.Opens(Day(7, "08:40"), Hugo, Claim(Reason.Damaged, units: 2), Line(RemedyKind.FullRefund, units: 2),
            "Two of the six bowls arrived with chipped rims. The other four are lovely.", "en", "fr"),
        Emma.Shows(Day(7, "08:46"), ExhibitKind.Photo, "The two chipped rims", "bowls.png"),
        Hugo.Says(
            Day(6, "09:20"), "Je suis désolé, je les emballerai mieux. Je vous propose de rembourser les deux bols."),
        Hugo.Offers(Day(6, "09:24"), Line(RemedyKind.PartialRefund, 3600, units: 2),
            "Le prix des deux bols, et vous les gardez."),
        Emma.Accepts(Day(5, "20:10"), 2),
        Hugo.Performs(Day(3, "11:30"), 1, "VIR-88213"),
    ]);

    /// <summary>Return and refund: the label came, now the goods go back.</summary>
    private static Story MicrophoneComesBack => new("PDH-22871",
    [
        Emma.Opens(Day(10, "13:15"), Oliver, Claim(Reason.Defective),
            Line(RemedyKind.ReturnAndRefund) with { FreightPaidBy = Role.Seller, ReturnWanted = true },
            "The microphone is not recognised by any of three computers. I would like to send it back."),
        Oliver.Accepts(Day(9, "09:50"), 1),
        Oliver.Performs(Day(8, "10:05"), 1, "Return label R-55102, sent by e-mail"),
        Emma.Confirms(Day(7, "18:45"), 1),
        Emma.Says(Minutes(410), "I am away until the weekend and will drop the parcel off then."),
    ]);

    /// <summary>The seller says that he paid, the buyer that nothing came: the platform has to rule.</summary>
    private static Story LightsContested => new("PDH-23275",
    [
        Camille.Opens(Day(14, "18:05"), Ines, Claim(Reason.Incomplete), Line(RemedyKind.PartialRefund, 3990),
            "J’ai commandé trois guirlandes, il n’y en avait que deux dans le colis."),
        Camille.Shows(Day(14, "18:09"), ExhibitKind.Photo, "Le colis ouvert", "carton.png"),
        Ines.Accepts(Day(12, "10:35"), 1),
        Ines.Performs(Day(10, "16:20"), 1, "Avoir n° 2291"),
        Camille.Contests(Day(4, "20:15"), 1, ContestReason.NotReceived,
            "Rien n’est arrivé sur mon compte. Un avoir n’est pas le remboursement convenu."),
    ]);

    /// <summary>Closed by the buyer once the right dish had come.</summary>
    private static Story WrongDish => new("PDH-22987",
    [
        Camille.Opens(Day(24, "12:30"), Hugo, Claim(Reason.WrongItem), Line(RemedyKind.Replacement),
            "J’ai reçu le plat bleu de 28 cm au lieu de l’ocre de 32 cm."),
        Hugo.Accepts(Day(23, "09:15"), 1),
        Hugo.Performs(Day(20, "17:00"), 1, "Colissimo 8L04417732"),
        Camille.Confirms(Day(15, "19:40"), 1),
        Camille.Closes(Day(14, "08:20"), ClosingReason.ReplacementReceived, "Le bon plat est arrivé, merci."),
    ]);

    /// <summary>A late parcel from Japan that came after all; amounts without decimals.</summary>
    private static Story BowlFromKyoto => new("PDH-23140",
    [
        Emma.Opens(Day(25, "16:10"), Hugo, Claim(Reason.NotReceived), Line(RemedyKind.FullRefund),
            "The parcel was due five days ago and nobody can tell me where it is.", "en", "fr"),
        Hugo.Says(Day(24, "10:30"), "Il est bloqué à la douane ; je vous tiens au courant."),
        Emma.Closes(Day(19, "12:00"), ClosingReason.ItemArrived, "It came yesterday, in good order.", received: true),
    ]);

    /// <summary>The platform found nothing against the seller; the buyer took it so.</summary>
    private static Story CableDismissed => new("PDH-22744",
    [
        Camille.Opens(Day(40, "18:00"), Oliver, Claim(Reason.Counterfeit, line: 3),
            Line(RemedyKind.FullRefund, line: 3),
            "Le câble ne porte pas le logo de la marque que l’on voit sur la photo de l’annonce.", "fr", "en"),
        Oliver.Declines(Day(39, "11:20"), 1,
            "The maker dropped the logo this spring. The invoice shows that we bought from the maker."),
        Camille.Complains(Day(36, "09:00"), "Je voudrais que la plateforme vérifie."),
        Oliver.Shows(Day(36, "15:30"), ExhibitKind.Invoice, "The maker’s invoice", "invoice.pdf"),
        Daniel.Takes(Day(35, "10:00")),
        Camille.Waives(Day(34, "19:10"), TermKind.Evidence),
        Oliver.Waives(Day(34, "20:05"), TermKind.Evidence),
        Daniel.Decides(Day(31, "11:40"), "as-described", FindingAnswer.ForSeller, Line(RemedyKind.None, line: 3),
            new("Le câble est-il une contrefaçon ?", "Is the cable a counterfeit?"),
            new(
                "La facture du fabricant (pièce 1) porte le numéro de lot imprimé sur le câble. Rien n’indique une "
                    + "contrefaçon ; le changement "
                + "de logo n’est pas un défaut de conformité.",
                "The maker’s invoice (exhibit 1) names the batch that is printed on the cable. Nothing points to a "
                    + "counterfeit; a changed "
                + "logo is no lack of conformity.")),
        Camille.Waives(Day(30, "18:25"), TermKind.AppealWindow),
        Camille.Closes(Day(29, "18:30"), ClosingReason.DecisionAccepted, "C’est clair, merci."),
    ]);

    /// <summary>Given up by the buyer.</summary>
    private static Story ShadeNotPursued => new("PDH-22744",
    [
        Camille.Opens(Day(38, "20:20"), Ines, Claim(Reason.NotAsDescribed, line: 2),
            Line(RemedyKind.PartialRefund, 1000, line: 2),
            "L’abat-jour est plus jaune que sur la photo."),
        Ines.Says(Day(37, "09:45"), "La photo a été prise à la lumière du jour ; le soir, il paraît plus chaud."),
        Camille.Closes(Day(36, "21:00"), ClosingReason.NoLongerPursued, "En effet, le jour il me plaît bien."),
    ]);
}

using Entente.Domain.Disputes;

namespace Entente.Server.Demo;

/// <summary>The disputes of the Place des Halles, one in every stage that a dispute can be in.</summary>
internal static partial class DemoStories
{
    public static IReadOnlyList<Story> All { get; } =
    [
        ShadeNotPursued, CableDismissed, BowlFromKyoto, WrongDish, DeckDecided, MicrophoneComesBack, LightsContested,
        BowlsRefundAnnounced, PendantReady, LampInReview, HeadphonesOffer, SpeakerOffers, BracketAppealed, VaseFresh,
    ];

    private static ClaimItem[] Claim(Reason reason, int line = 1, int units = 1) => [new(line, units, reason)];

    private static RemedyLine Line(RemedyKind kind, long? amount = null, int line = 1, int units = 1) =>
        new(kind, [new(line, units)], amount);
}

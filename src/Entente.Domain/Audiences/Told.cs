using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>What a person wrote for others to read; names and digests of files stand with their exhibits.</summary>
public static class Told
{
    public static IEnumerable<PersonalRef> By(DisputeEvent happened) => happened switch
    {
        EvidenceAdded added => [added.Title],
        Decided decided => decided.Reasons,
        AppealDecided decided => decided.Reasons,
        DecisionDrafted drafted => drafted.Reasons,
        BlindBidPlaced => [],
        _ => happened.Personal,
    };
}

using Entente.Domain;
using Entente.Domain.Disputes;

namespace Entente.Server.Demo;

/// <summary>A dispute of the demo, told as what each did and when.</summary>
/// <param name="Order">The marketplace's own number of the order.</param>
internal sealed record Story(string Order, IReadOnlyList<Step> Steps);

/// <summary>One act: who asks what, written as the dispute stands at that moment.</summary>
internal sealed record Step(When At, DemoPerson Who, Func<Scene, Task<DisputeCommand>> Asks);

/// <summary>What somebody of the demo can do; each way of acting is a command of the same door.</summary>
internal static class Acts
{
    public static Step Opens(
        this DemoPerson who, When at, DemoPerson seller, ClaimItem[] items, RemedyLine sought, string story,
        params string[] languages) =>
        new(at, who, async scene => new OpenDispute(
            scene.Marketplace, await scene.PartyOf(seller), items.ToValueList(), scene.Write(story), [sought],
            languages.Length == 0 ? [who.Language] : languages.ToValueList()));

    public static Step Says(this DemoPerson who, When at, string text, Audience to = Audience.All) =>
        Does(who, at, scene => new PostMessage(to, scene.Write(text)));

    public static Step Offers(this DemoPerson who, When at, RemedyLine line, string comment) =>
        Does(who, at, scene => new MakeOffer([line], scene.Write(comment)));

    public static Step Accepts(this DemoPerson who, When at, int offer) => Does(who, at, _ => new AcceptOffer(offer));

    public static Step Declines(this DemoPerson who, When at, int offer, string comment) =>
        Does(who, at, scene => new DeclineOffer(offer, scene.Write(comment)));

    public static Step Complains(this DemoPerson who, When at, string text) =>
        Does(who, at, scene => new FileComplaint(scene.Write(text)));

    public static Step Shows(
        this DemoPerson who, When at, ExhibitKind kind, string title, string file, string? sealedBecause = null) =>
        new(at, who, scene => scene.Keep(kind, title, file, sealedBecause));

    public static Step Takes(this DemoPerson who, When at) =>
        Does(who, at, scene => new Assign(scene.Person, IsParty: false));

    public static Step Requests(this DemoPerson who, When at, Role from, ExhibitKind kind, string text, int days) =>
        Does(who, at, scene =>
            new RequestEvidence([from], [kind], scene.Write(text), scene.Now + Duration.FromDays(days)));

    /// <summary>Gives up the rest of the own time for evidence or appeal.</summary>
    public static Step Waives(this DemoPerson who, When at, TermKind kind) =>
        Does(who, at, scene => new WaiveTerm(scene.Dispute.TermOf(kind, who.Role)!.Id));

    public static Step Decides(
        this DemoPerson who, When at, string clause, FindingAnswer answer, RemedyLine line, InBoth question,
        InBoth reasons) =>
        Does(who, at, scene => new DecideDispute(
            [new FindingDraft(scene.Write(question), answer, clause, scene.OpenExhibits)], [], [line],
            scene.Write(reasons)));

    public static Step Appeals(this DemoPerson who, When at, int[] findings, int[] exhibits, string text) =>
        Does(who, at, scene => new AppealDecision([.. findings], [.. exhibits], scene.Write(text)));

    public static Step Performs(this DemoPerson who, When at, int obligation, string reference) =>
        Does(who, at, scene => new Perform(obligation, scene.Write(reference), null));

    public static Step Confirms(this DemoPerson who, When at, int obligation) =>
        Does(who, at, _ => new ConfirmPerformance(obligation));

    public static Step Contests(this DemoPerson who, When at, int obligation, ContestReason reason, string text) =>
        Does(who, at, scene => new ContestPerformance(obligation, reason, null, scene.Write(text)));

    public static Step Closes(this DemoPerson who, When at, ClosingReason reason, string comment,
        bool? received = null) =>
        Does(who, at, scene =>
            new CloseDispute(reason, Confirmed: true, received, AcceptsLess: false, scene.Write(comment)));

    private static Step Does(DemoPerson who, When at, Func<Scene, DisputeCommand> asks) =>
        new(at, who, scene => Task.FromResult(asks(scene)));
}

/// <summary>A text of the platform's in both languages of the demo.</summary>
internal sealed record InBoth(string French, string English);

using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>What goes on between the sides beside offers and obligations, as a reader gets it.</summary>
/// <param name="Extension">More time that was asked for and not answered.</param>
/// <param name="Round">The round of confidential amounts that runs.</param>
/// <param name="Inquiry">What the review waits for.</param>
/// <param name="Reconciling">What seems to have happened already.</param>
public sealed record ExchangeView(
    ValueList<ContestView> Contests, ExtensionView? Extension, BidRoundView? Round, ValueList<RecordView> Records,
    InquiryView? Inquiry, ReconciledBy? Reconciling);

/// <summary>A contest of an exhibit, and what the examiner answered.</summary>
/// <param name="Number">The exhibit's number.</param>
public sealed record ContestView(
    int No, ExhibitId Exhibit, int Number, Role By, ContestGround Ground, ShownText Text, ContestAnswer? Answer,
    ValueList<ShownText> Reasons, bool IsOpen);

/// <summary>More time that a side asks for.</summary>
public sealed record ExtensionView(int No, Role By, TermKind Kind, Role Whose, Instant Until, ShownText? Text);

/// <summary>A round of confidential amounts; whether the reader has handed theirs in, and nothing of the
/// other's.</summary>
public sealed record BidRoundView(int No, Instant Until, bool HasBid);

/// <summary>A fact from outside.</summary>
/// <param name="IsTrue">What the other side said of it; null while it has not.</param>
public sealed record RecordView(
    int No, RecordedKind What, Role By, bool Verified, Money? Amount, Instant? On, ShownText? Reference, bool? IsTrue,
    bool MayAnswer);

/// <summary>Somebody outside whose answer the review waits for.</summary>
public sealed record InquiryView(int No, ThirdParty Whom, Role Owner, Instant Until, ShownText Text);

/// <summary>Writes it from what one reader may read.</summary>
internal static class Exchange
{
    public static ExchangeView Of(
        Dispute seen, IReadOnlyList<Fact> read, TextBook texts, Phrases phrases, Viewer viewer)
    {
        var facts = read.Select(fact => fact.Event).ToList();
        return new(
            Contests(seen, facts, texts),
            seen.Extension is { } open ? Extension(open, facts, texts) : null,
            seen.BidRound is { } round ? Round(round, seen, viewer) : null,
            [.. facts.OfType<FactRecorded>().Select(fact => Record(fact, seen, texts, phrases, viewer))],
            seen.Inquiry is { } inquiry ? Inquiry(inquiry, facts, texts) : null,
            seen.Reconciling);
    }

    private static ValueList<ContestView> Contests(Dispute seen, List<DisputeEvent> facts, TextBook texts)
    {
        var said = facts.OfType<EvidenceContested>().ToDictionary(fact => fact.Contest);
        var answered = facts.OfType<ContestAnswered>().ToDictionary(fact => fact.Contest);
        var open = seen.OpenContests.Select(contest => contest.No).ToHashSet();
        return [.. seen.Contests.Select(contest => new ContestView(
            contest.No, contest.Exhibit, contest.ExhibitNo, contest.By, contest.Ground,
                texts.Show(said[contest.No].Text),
            contest.Answer, texts.Show(answered.GetValueOrDefault(contest.No)?.Reasons ?? []),
                open.Contains(contest.No)))];
    }

    private static ExtensionView Extension(OpenExtension open, List<DisputeEvent> facts, TextBook texts) => new(
        open.No, open.By, open.Kind, open.Whose, open.Until,
        texts.ShowIfAny(facts.OfType<ExtensionProposed>().Last(fact => fact.Extension == open.No).Text));

    private static BidRoundView? Round(int round, Dispute seen, Viewer viewer) =>
        seen.Terms.FirstOrDefault(term => term.Kind == TermKind.BidRound) is { } term
            ? new(round, term.Due, viewer.Role.IsParty() && seen.HasBid(viewer.Role))
            : null;

    private static RecordView Record(
        FactRecorded fact, Dispute seen, TextBook texts, Phrases phrases, Viewer viewer)
    {
        var standing = seen.Records.First(record => record.No == fact.No);
        return new(fact.No, fact.What, fact.By, fact.Verified, phrases.Amount(fact.Amount), fact.On,
            texts.ShowIfAny(fact.Reference), standing.IsTrue, Recorded.MayAnswer(standing, viewer.Role));
    }

    private static InquiryView? Inquiry(Inquiry open, List<DisputeEvent> facts, TextBook texts)
    {
        var asked = facts.OfType<ThirdPartyAwaited>().Last(fact => fact.Inquiry == open.No);
        return new(open.No, open.Whom, open.Owner, asked.Until, texts.Show(asked.Text));
    }
}

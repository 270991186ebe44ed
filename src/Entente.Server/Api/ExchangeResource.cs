using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Server.Api;

/// <summary>What goes on between the sides beside offers and obligations.</summary>
/// <param name="Extension">A deadline that somebody asks to move.</param>
/// <param name="BidRound">The round of confidential amounts that runs.</param>
/// <param name="Inquiry">The third party whose answer the review waits for.</param>
/// <param name="Reconciling">What seems to have happened already.</param>
public sealed record ExchangeResource(
    IReadOnlyList<ContestResource> Contests, ExtensionResource? Extension, BidRoundResource? BidRound,
    IReadOnlyList<FactResource> Facts, InquiryResource? Inquiry, ReconciledBy? Reconciling);

/// <summary>A contest of an exhibit, and what the examiner answered.</summary>
public sealed record ContestResource(
    int No, string Exhibit, int ExhibitNo, Role By, ContestGround Ground, TextResource Text, ContestAnswer? Answer,
    IReadOnlyList<TextResource> Reasons, bool Open);

/// <summary>A deadline that a side asks to move.</summary>
public sealed record ExtensionResource(int No, Role By, TermKind Kind, Role Whose, Instant Until, TextResource? Text);

/// <summary>A round of confidential amounts; nothing in it tells of the other side's.</summary>
/// <param name="Placed">Whether the caller has handed in an amount.</param>
public sealed record BidRoundResource(int No, Instant Until, bool Placed);

/// <summary>Something that happened outside the dispute, by somebody's word.</summary>
/// <param name="IsTrue">What the other side said of it; absent while it has said nothing.</param>
public sealed record FactResource(
    int No, RecordedKind What, Role By, bool Verified, Money? Amount, Instant? On, TextResource? Reference,
        bool? IsTrue);

/// <summary>Somebody outside whose answer the review waits for.</summary>
public sealed record InquiryResource(int No, ThirdParty Whom, Role Owner, Instant Until, TextResource Text);

/// <content>What goes on beside offers and obligations.</content>
internal sealed partial class DisputeWriting
{
    private static ExchangeResource Exchange(ExchangeView exchange) => new(
        [.. exchange.Contests.Select(contest => new ContestResource(
            contest.No, contest.Exhibit.Value, contest.Number, contest.By, contest.Ground, Text(contest.Text),
            contest.Answer, Texts(contest.Reasons), contest.IsOpen))],
        exchange.Extension is { } asked
            ? new(asked.No, asked.By, asked.Kind, asked.Whose, asked.Until, TextIfAny(asked.Text))
            : null,
        exchange.Round is { } round ? new(round.No, round.Until, round.HasBid) : null,
        [.. exchange.Records.Select(fact => new FactResource(
            fact.No, fact.What, fact.By, fact.Verified, fact.Amount, fact.On, TextIfAny(fact.Reference), fact.IsTrue))],
        exchange.Inquiry is { } open
            ? new(open.No, open.Whom, open.Owner, open.Until, Text(open.Text))
            : null,
        exchange.Reconciling);
}

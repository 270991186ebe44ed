using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;

namespace Entente.Server.Api;

/// <summary>
/// /v1/disputes/{id}/claim, extensions, proposals, bid-rounds: what the sides and the examiner agree on beside offers.
/// </summary>
public static class ExchangeApi
{
    public static void MapExchange(this IEndpointRouteBuilder dispute)
    {
        dispute.MapPost("/claim", Amend).IsCommand("Change the claim",
            "By the one who opened the dispute: freely in negotiation, once in review. The other side answers anew.");
        dispute.MapPost("/extensions", Propose).IsCommand("Ask to move a deadline",
            "Nothing moves before the other side agrees in its time.");
        dispute.MapPost("/extensions/{extension:int}/acceptance", Agree).IsCommand("Agree to move a deadline");
        dispute.MapPost("/extensions/{extension:int}/refusal", Refuse).IsCommand("Refuse to move a deadline");
        dispute.MapPost("/proposals", Remedy).IsCommand("Propose a remedy to both sides",
            "By the examiner in charge. Both accept or refuse it as they do an offer, unseen by each other; it holds "
            + "only if both accept in its time.", scope: Scope.Decide);
        dispute.MapPost("/bid-rounds", OpenRound).IsCommand("Open a round of confidential amounts",
            "Each side can then hand in one final amount until the round ends.");
        dispute.MapPost("/bid-rounds/{round:int}/bids", Bid).IsCommand("Hand in a confidential amount",
            "The least the claimant takes, or the most the other side gives. Nothing of it shows before both are in; "
            + "then only whether they meet, and if so the agreement lies half-way, rounded down to the minor unit.");
    }

    private static Task<IResult> Amend(DisputeCall call, NewClaim body) => call.Ask((_, reading) => new AmendClaim(
        body.Items.Select(item => new ClaimItem(item.Line, item.Units, item.Reason)).ToValueList(),
        reading.Remedies(body.Sought, "sought"),
        reading.Text(body.Text, body.Language)));

    private static Task<IResult> Propose(DisputeCall call, NewExtension body) => call.Ask((_, reading) =>
        new ProposeExtension(body.Term, body.Until, reading.TextIfAny(body.Text, body.Language)));

    private static Task<IResult> Agree(DisputeCall call, int extension, Nothing? body = null) =>
        call.Ask((_, _) => new AgreeExtension(extension));

    private static Task<IResult> Refuse(DisputeCall call, int extension, Nothing? body = null) =>
        call.Ask((_, _) => new RefuseExtension(extension));

    private static Task<IResult> Remedy(DisputeCall call, NewProposal body) => call.Ask((_, reading) =>
        new ProposeRemedy(reading.Remedies(body.Lines, "lines"), reading.Texts(body.Reasons, "reasons")));

    private static Task<IResult> OpenRound(DisputeCall call, Nothing? body = null) =>
        call.Ask((_, _) => new OpenBidRound());

    private static Task<IResult> Bid(DisputeCall call, int round, NewBid body) => call.Ask((_, reading) =>
        new PlaceBlindBid(round, reading.Text(
            (reading.Minor(body.Amount, "amount") ?? 0).ToString(CultureInfo.InvariantCulture), "und")));
}

/// <summary>The claim as it is to stand from now on.</summary>
/// <param name="Text">What changed, and why.</param>
public sealed record NewClaim(
    IReadOnlyList<ClaimBody> Items, IReadOnlyList<RemedyBody> Sought, string Text, string? Language = null);

/// <summary>A deadline to be moved by agreement.</summary>
/// <param name="Term">The running term's number, as the agenda has it.</param>
/// <param name="Until">The instant it is to end at.</param>
public sealed record NewExtension(int Term, Instant Until, string? Text = null, string? Language = null);

/// <summary>What the examiner proposes to both sides.</summary>
/// <param name="Reasons">By language; each language of the parties is needed.</param>
public sealed record NewProposal(IReadOnlyList<RemedyBody> Lines, IReadOnlyDictionary<string, string> Reasons);

/// <summary>A confidential amount.</summary>
public sealed record NewBid(Money Amount);

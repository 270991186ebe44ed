using Entente.Domain.Disputes;

namespace Entente.Server.Api;

/// <summary>/v1/disputes/{id}/offers: what a side proposes, and what the other says to it.</summary>
public static class OffersApi
{
    public static void MapOffers(this IEndpointRouteBuilder dispute)
    {
        dispute.MapGet("/offers/{offer:int}", Get)
            .IsReading<OfferResource>("Read an offer");
        dispute.MapPost("/offers", Post)
            .IsCommand("Make an offer",
                "Replaces your open one. An offer equal to the other side's open offer settles at once.");
        dispute.MapPost("/offers/{offer:int}/acceptance", Accept)
            .IsCommand("Accept an offer",
                "The money is looked at once more; the dispute is settled as far as the offer goes.");
        dispute.MapPost("/offers/{offer:int}/refusal", Refuse)
            .IsCommand("Refuse an offer");
        dispute.MapDelete("/offers/{offer:int}", Withdraw)
            .IsCommand("Take your open offer back", creates: false);
    }

    private static Task<IResult> Get(DisputeCall call, int offer) => call.Read((view, writing) =>
        view.Offer(offer) is { } found ? TypedResults.Json(writing.Offer(found), ApiJson.Options) : null);

    private static Task<IResult> Post(DisputeCall call, NewOffer body) => call.Ask(
        (_, reading) =>
            new MakeOffer(reading.Remedies(body.Lines, "lines"), reading.TextIfAny(body.Comment, body.Language)));

    private static Task<IResult> Accept(DisputeCall call, int offer, Nothing? body = null) =>
        call.Ask((_, _) => new AcceptOffer(offer));

    private static Task<IResult> Refuse(DisputeCall call, int offer, Comment? body = null) =>
        call.Ask((_, reading) => new DeclineOffer(offer, reading.TextIfAny(body?.Text, body?.Language)));

    private static Task<IResult> Withdraw(DisputeCall call, int offer) =>
        call.Ask((_, _) => new WithdrawOffer(offer));
}

/// <summary>An offer to be made, for some or all of what is still open.</summary>
public sealed record NewOffer(IReadOnlyList<RemedyBody> Lines, string? Comment = null, string? Language = null);

/// <summary>A few words with an act; may be left out.</summary>
public sealed record Comment(string? Text = null, string? Language = null);

/// <summary>An empty object, where the address says all.</summary>
public sealed record Nothing;

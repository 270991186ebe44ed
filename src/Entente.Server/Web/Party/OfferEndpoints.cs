using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>A new proposal: its form, and what becomes of it.</summary>
public static class OfferEndpoints
{
    public static void MapOffers(this IEndpointRouteBuilder party)
    {
        party.MapGet("/disputes/{id}/offers/new", Show);
        party.MapPost("/disputes/{id}/offers", Make);
    }

    private static async Task<IResult> Show(HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        if (!file.View.May("make_offer")) return Answers.NotNow(file);
        var byArticle = context.Request.Query["by"] == RemedyTyped.ByArticle;
        return Page.Show<OfferPage>(("File", file), ("Parts", Parts(file.View, byArticle)), ("ByArticle", byArticle));
    }

    private static async Task<IResult> Make(HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        var byArticle = typed["by"] == RemedyTyped.ByArticle;
        var parts = Parts(file.View, byArticle);
        var (lines, partOf, wrong) = RemedyTyped.Read(
            field => typed.Form[field], parts, typed.Speaker.Language, "lines");
        if (wrong.Count > 0) return Again(file, wrong[0], null);
        var reply = await cases.Ask(
            typed.Caller, file, new MakeOffer(lines, typed.Text("comment")), typed.Key, typed.Seen,
            context.RequestAborted);
        var settled = reply is Reply.Done { Facts: var facts } && facts.Any(fact => fact.Event is SettlementReached);
        return await Answers.Of(reply, file, $"{file.Address}", settled ? "offer_settled" : "offer_made",
            async refusal =>
            Again(await cases.Party(context, id) ?? file, refusal, refusal is null ? typed.Seen : null));

        IResult Again(CaseFile fresh, Refusal? refusal, int? since) => !fresh.View.May("make_offer")
            ? Answers.NotNow(fresh)
            : Page.With<OfferPage>(
                refusal is null ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status422UnprocessableEntity,
                ("File", fresh), ("Parts", Parts(fresh.View, byArticle)), ("ByArticle", byArticle), ("Since", since),
                ("State", refusal is null
                    ? typed.Wrong()
                    : typed.Refused(RemedyTyped.Placed(refusal, lines, partOf, "lines"))));
    }

    private static IReadOnlyList<RemedyPart> Parts(DisputeView view, bool byArticle) =>
        RemedyTyped.Parts(Offers.Items(view), view.Order.Lines, view.Order.Currency, byArticle);
}

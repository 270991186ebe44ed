using Entente.Domain.Disputes;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>A changed claim: its form, and what becomes of it.</summary>
public static class ClaimEndpoints
{
    public static void MapClaim(this IEndpointRouteBuilder party)
    {
        party.MapGet("/disputes/{id}/claim", Show);
        party.MapPost("/disputes/{id}/claim", Amend);
    }

    private static async Task<IResult> Show(HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        return file.View.May("amend_claim")
            ? Page.Show<ClaimPage>(("File", file), ("State", ClaimTyped.Known(file.View.Items)))
            : Answers.NotNow(file);
    }

    private static async Task<IResult> Amend(HttpContext context, CaseFiles cases, string id)
    {
        if (await cases.Party(context, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        var claim = ClaimTyped.Read(typed, file.View.Order.Lines, file.View.Order.Currency);
        if (claim.Wrong.Count > 0)
            return Page.Refused<ClaimPage>(("File", file), ("State", typed.Wrong(claim.Wrong)));
        var command = new AmendClaim(claim.Items, claim.Sought, typed.NeededText("text"));
        var reply = await cases.Ask(typed.Caller, file, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, file, $"{file.Address}", "amend_claim", async refusal =>
        {
            var fresh = await cases.Party(context, id) ?? file;
            if (!fresh.View.May("amend_claim")) return Answers.NotNow(fresh);
            return refusal is null
                ? Page.With<ClaimPage>(StatusCodes.Status412PreconditionFailed,
                    ("File", fresh), ("State", typed.Wrong()), ("Since", typed.Seen))
                : Page.Refused<ClaimPage>(("File", fresh), ("State", typed.Refused(claim.Placed(refusal))));
        });
    }
}

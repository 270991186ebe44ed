using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party;

/// <summary>What a page makes of the door's reply.</summary>
public static class Answers
{
    /// <param name="next">Where the story goes on once it is done.</param>
    /// <param name="done">What the next page says at its top.</param>
    /// <param name="again">The form once more: for a refusal, or for null where
    /// the reader had seen an older version.</param>
    public static async Task<IResult> Of(
        Reply reply, CaseFile file, string next, string done, Func<Refusal?, Task<IResult>> again) => reply switch
        {
            Reply.Done => Page.Done(next, done),
            Reply.Refused refused => await again(refused.Refusal),
            Reply.Stale => await again(null),
            Reply.NotFound or Reply.NoPolicy => TypedResults.NotFound(),
            // The form was sent twice with other words: what came first is done, and stands on the dispute's page.
            Reply.KeyReused => Page.Done(file.Address),
            Reply.Contended or Reply.Overloaded or Reply.Damaged =>
                TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>409: the act is not possible as things stand.</summary>
    public static IResult NotNow(CaseFile file, string? why = null) =>
        Page.With<NotNowPage>(StatusCodes.Status409Conflict, ("File", file), ("Why", why));

    /// <summary>The form of this request, read.</summary>
    public static async Task<Typed> Typed(this HttpContext context) =>
        new(await context.Request.ReadFormAsync(context.RequestAborted), context.Caller(),
            context.RequestServices.GetRequiredService<Visit>().Speaker);

    /// <summary>
    /// The dispute for one of its two sides, and on the desk for the platform's people; null for everybody else.
    /// </summary>
    public static async Task<CaseFile?> Party(this CaseFiles cases, HttpContext context, string id) =>
        await cases.Open(context.Caller(), id, context.RequestAborted) is { } file
        && file.Me.IsStaff() == context.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal)
            ? file
            : null;
}

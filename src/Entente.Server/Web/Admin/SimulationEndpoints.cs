using System.Text;
using Entente.Server.Desk;
using Entente.Server.Policies;

namespace Entente.Server.Web.Admin;

/// <summary>The page on which changed rules are tried out on past disputes.</summary>
internal static class SimulationEndpoints
{
    public static void MapSimulation(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/rules/simulation", Show);
        admin.MapPost("/rules/simulation", Run);
    }

    /// <summary>Starts from the rules in force: the operator changes what is to be tried.</summary>
    private static async Task<IResult> Show(HttpContext context, PolicyShelf shelf)
    {
        var current = await shelf.Current(context.Caller().Marketplace, context.RequestAborted);
        var bytes = current is null ? null : await shelf.Bytes(current.Digest, context.RequestAborted);
        return Page.Show<SimulationPage>(
            ("State", FormState.Of(("document", bytes is null ? "" : Encoding.UTF8.GetString(bytes)))));
    }

    private static async Task<IResult> Run(HttpContext context, PolicySimulation simulation)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var state = FormState.Of(("document", form["document"].ToString()));
        var document = PolicyDocument.Read(
            Encoding.UTF8.GetBytes(form["document"].ToString().ReplaceLineEndings("\n")));
        if (document.Policy is not { } changed)
            return Page.Refused<SimulationPage>(("State", state), ("Problems", document.Problems));
        var report = await simulation.Run(context.Caller().Marketplace, changed, stop: context.RequestAborted);
        return Page.Show<SimulationPage>(("State", state), ("Report", report));
    }
}

using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Server.Web.Rules;

/// <summary>The rules of the platform for everybody to read: those in
/// force, and every version there ever was.</summary>
public static class RulesRoom
{
    public static void MapRules(this IEndpointRouteBuilder app)
    {
        var rules = app.MapGroup("/rules").AllowAnonymous().ExcludeFromDescription();
        rules.MapGet("/", Current);
        rules.MapGet("/standing", IResult () => Page.Show<StandingFormulaPage>());
        rules.MapGet("/{id}/{version:int}", Version);
        rules.MapGet("/{id}/{version:int}/changes", Changes);
    }

    private static async Task<IResult> Current(
        HttpContext context, Marketplaces marketplaces, PolicyShelf shelf, CancellationToken stop)
    {
        if (await Marketplace(context, marketplaces, stop) is not { } marketplace) return Page.Show<NoRulesPage>();
        if (await shelf.Current(marketplace, stop) is not { } policy) return Page.Show<NoRulesPage>();
        var versions = await shelf.Versions(marketplace, stop);
        return await Show(versions.First(version => version.Digest == policy.Digest), versions, shelf, stop);
    }

    private static async Task<IResult> Version(
        string id, int version, HttpContext context, Marketplaces marketplaces, PolicyShelf shelf,
        CancellationToken stop)
    {
        if (await Marketplace(context, marketplaces, stop) is not { } marketplace) return Results.NotFound();
        var versions = await shelf.Versions(marketplace, stop);
        var wanted = versions.FirstOrDefault(known => known.Id == id && known.Version == version);
        return wanted is null ? Results.NotFound() : await Show(wanted, versions, shelf, stop);
    }

    private static async Task<IResult> Changes(
        string id, int version, HttpContext context, Marketplaces marketplaces, PolicyShelf shelf, string? since,
        CancellationToken stop)
    {
        if (await Marketplace(context, marketplaces, stop) is not { } marketplace) return Results.NotFound();
        var versions = await shelf.Versions(marketplace, stop);
        return await shelf.Pair(versions, id, version, since, stop) is var (older, newer)
            ? Page.Show<ChangesPage>(("Older", older), ("Newer", newer))
            : Results.NotFound();
    }

    private static async Task<IResult> Show(
        PolicyVersion version, IReadOnlyList<PolicyVersion> versions, PolicyShelf shelf, CancellationToken stop)
    {
        var policy = await shelf.Find(new(version.Id, version.Version, version.Digest), stop);
        var document = await shelf.Document(version.Digest, stop);
        return Page.Show<RulesPage>(
            ("Policy", policy), ("Published", version.PublishedAt), ("Versions", versions),
            ("InTheStyleOf", document?.InTheStyleOf), ("Sources", document?.Sources));
    }

    /// <summary>The reader's own; a stranger reads those of a centre that serves one marketplace.</summary>
    private static async Task<MarketplaceId?> Marketplace(
        HttpContext context, Marketplaces marketplaces, CancellationToken stop)
    {
        if (context.CallerIfAny() is { } caller) return caller.Marketplace;
        if (await marketplaces.All(stop) is not [var only]) return null;
        context.RequestServices.GetRequiredService<Visit>().Marketplace = only.Name;
        return only.Id;
    }
}

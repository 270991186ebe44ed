using Entente.Domain;
using Entente.Server.Desk;

namespace Entente.Server.Web.SignIn;

/// <summary>What the sign-in page shows: which marketplaces there are, and in a demo whom to enter as.</summary>
public sealed class Doorway(Marketplaces marketplaces, People people, Settings settings, Visit visit)
{
    public async Task<IResult> Page(string returnTo, FormState state, int status, CancellationToken stop)
    {
        var all = await marketplaces.All(stop);
        if (all is [var only]) visit.Marketplace = only.Name;
        IReadOnlyList<(Person, Role)> demo = settings.Demo ? await people.DemoPeople(stop) : [];
        return Web.Page.With<SignInPage>(status,
            ("Marketplaces", all), ("DemoPeople", demo), ("ReturnTo", returnTo), ("State", state));
    }

    /// <summary>The one named, or the only one there is.</summary>
    public async Task<MarketplaceId> MarketplaceOf(string? named, CancellationToken stop) =>
        named is { Length: > 0 } ? new(named)
        : (await marketplaces.All(stop)) is [var only] ? only.Id
        : new MarketplaceId("");
}

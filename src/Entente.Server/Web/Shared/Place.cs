using Entente.Domain;

namespace Entente.Server.Web.Shared;

/// <summary>A place of the centre that the navigation leads to.</summary>
public sealed record Place(string Key, string Address, params Role[] Roles)
{
    private static readonly Place[] All =
    [
        new("shell.nav_disputes", "/disputes", Role.Buyer, Role.Seller),
        new("shell.nav_open", "/disputes/new", Role.Buyer),
        new("shell.nav_desk", "/desk", Role.Examiner, Role.Operator),
        new("shell.nav_admin", "/admin", Role.Operator),
        new("shell.nav_mail", "/admin/mails", Role.Operator),
    ];

    public static IEnumerable<Place> Of(Visitor visitor) => All.Where(place => place.Roles.Any(visitor.Is));

    /// <summary>Whether a page is this place or lies in it, and in no nearer one.</summary>
    public bool IsAround(PathString path) =>
        All.Where(place => Holds(place, path)).MaxBy(place => place.Address.Length) == this;

    private static bool Holds(Place place, PathString path) =>
        path.StartsWithSegments(place.Address, StringComparison.Ordinal);
}

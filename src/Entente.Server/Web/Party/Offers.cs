using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Server.Web.Party;

/// <summary>What an offer can be about now, as its page says before the rules are asked.</summary>
public static class Offers
{
    /// <summary>What is still open; after an outcome, all there was.</summary>
    public static ValueList<ClaimItem> Items(DisputeView view) =>
        view.OpenItems.Count > 0 ? view.OpenItems : view.Items;

    /// <summary>The most that can still be promised.</summary>
    public static Money Cap(DisputeView view)
    {
        var (money, none) = (view.Money, Money.Zero(view.Order.Currency));
        var left = view.OpenItems.Count > 0 ? money.Cap - money.ToCome - money.Announced : money.Cap - money.Announced;
        return left < none ? none : left;
    }
}

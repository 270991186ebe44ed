using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>Puts the desk into the house: the order book, the door to disputes, their lists and their files.</summary>
public static class DeskRoom
{
    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddSingleton<OrderBook>()
        .AddSingleton<DisputeDesk>()
        .AddSingleton<DisputeQueries>()
        .AddSingleton<Restrictions>()
        .AddSingleton<Antecedents>()
        .AddSingleton<Standings>()
        .AddSingleton<Payouts>()
        .AddSingleton<Outages>()
        .AddSingleton<OrderNews>();
}

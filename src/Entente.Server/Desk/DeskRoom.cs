namespace Entente.Server.Desk;

/// <summary>Puts the desk into the house: the order book and the door to disputes.</summary>
public static class DeskRoom
{
    public static IServiceCollection AddDesk(this IServiceCollection services) => services
        .AddSingleton<OrderBook>()
        .AddSingleton<DisputeDesk>();
}

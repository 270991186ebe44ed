using Entente.Server.Desk;

namespace Entente.Server.Policies;

/// <summary>Puts the marketplaces' rules into the house.</summary>
public static class PolicyRoom
{
    public static IServiceCollection AddPolicies(this IServiceCollection services) =>
        services.AddSingleton<PolicyShelf>().AddSingleton<PolicySimulation>();
}

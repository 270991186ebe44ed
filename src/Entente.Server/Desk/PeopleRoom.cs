namespace Entente.Server.Desk;

/// <summary>Puts the people into the house.</summary>
public static class PeopleRoom
{
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<Marketplaces>()
        .AddSingleton<People>()
        .AddSingleton<Callers>()
        .AddSingleton<KeyRing>()
        .AddSingleton<AuditTrail>()
        .AddSingleton<AuditJournal>()
        .AddHostedService(provider => provider.GetRequiredService<AuditJournal>());
}

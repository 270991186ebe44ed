namespace Entente.Server.Privacy;

/// <summary>Puts into the house what people may ask of those who hold their data.</summary>
public static class PrivacyRoom
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<Holds>()
        .AddSingleton<PartyDisputes>()
        .AddSingleton<Erasure>()
        .AddSingleton<AccessExport>()
        .AddSingleton<Ages>()
        .AddSingleton<Retention>()
        .AddHostedService(provider => provider.GetRequiredService<Retention>());
}

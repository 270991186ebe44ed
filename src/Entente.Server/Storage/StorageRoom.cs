namespace Entente.Server.Storage;

/// <summary>Puts the storage into the house.</summary>
public static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services, Settings settings) => services
        .AddSingleton(provider => Database.Of(settings, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<PersonKeys>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton(provider => new DisputeStore(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<PersonKeys>(),
            provider.GetRequiredService<ChangeFeed>(), settings.CommitTogether));
}

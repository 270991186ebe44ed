namespace Entente.Server.Storage;

/// <summary>Puts the storage into the house.</summary>
public static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services, Settings settings) => services
        .AddSingleton(provider => new Database(settings.DataFolder, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<PersonKeys>()
        .AddSingleton<ChangeFeed>()
        .AddSingleton<DisputeStore>();
}

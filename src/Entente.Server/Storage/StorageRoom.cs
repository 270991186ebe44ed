namespace Entente.Server.Storage;

/// <summary>Puts the storage into the house.</summary>
public static class StorageRoom
{
    public static IServiceCollection AddStorage(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(provider => new Database(dataFolder, provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

namespace Entente.Server.Bundles;

/// <summary>Puts bundles into the house: making them, signing them, verifying them.</summary>
public static class BundlesRoom
{
    public static IServiceCollection AddBundles(this IServiceCollection services) => services
        .AddSingleton<SigningKeys>()
        .AddSingleton<ReadableFacts>()
        .AddSingleton<ExhibitFiles>()
        .AddSingleton<Bundler>();

    public static void MapBundles(this WebApplication app)
    {
        app.MapKeys();
        app.MapVerifying();
    }
}

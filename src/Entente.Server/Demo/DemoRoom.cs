namespace Entente.Server.Demo;

/// <summary>Puts the demo into the house, where it is wanted; before whatever looks at its disputes.</summary>
public static class DemoRoom
{
    public static IServiceCollection AddDemo(this IServiceCollection services, Settings settings) => settings.Demo
        ? services.AddSingleton<DemoMarket>().AddHostedService(provider => provider.GetRequiredService<DemoMarket>())
        : services;
}

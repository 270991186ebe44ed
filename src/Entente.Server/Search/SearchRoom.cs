namespace Entente.Server.Search;

/// <summary>Puts the search into the house.</summary>
public static class SearchRoom
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<SearchIndex>()
        .AddHostedService<SearchClerk>();
}

namespace Entente.Server.Words;

/// <summary>The word lists as part of the centre.</summary>
public static partial class WordLists
{
    /// <summary>One book for the whole program: in production a gap is logged
    /// and shows its key, elsewhere it throws.</summary>
    public static IServiceCollection AddWords(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        if (!provider.GetRequiredService<IHostEnvironment>().IsProduction()) return WordBook.Load();
        var log = provider.GetRequiredService<ILogger<WordBook>>();
        return WordBook.Load(missing => WordIsMissing(log, missing));
    });

    [LoggerMessage(Level = LogLevel.Error, Message = "A word is missing: {Missing}")]
    private static partial void WordIsMissing(ILogger log, string missing);
}

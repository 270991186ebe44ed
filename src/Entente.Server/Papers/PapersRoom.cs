using Entente.Server.Papers.Bank;
using Entente.Server.Papers.Kit;

namespace Entente.Server.Papers;

/// <summary>Puts the writing room into the house: fonts, presses, documents.</summary>
public static class PapersRoom
{
    public static IServiceCollection AddPapers(this IServiceCollection services) => services
        .AddSingleton<FontShelf>()
        .AddSingleton<PdfPress>()
        .AddSingleton<ChainHeads>()
        .AddSingleton<ExhibitPictures>()
        .AddSingleton<PackPress>()
        .AddSingleton<BankPapers>();
}

using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>
/// Puts the evidence into the house: its shelf, its scanner, its workers, and what a reader gets of it.
/// </summary>
public static class EvidenceRoom
{
    public static IServiceCollection AddEvidence(this IServiceCollection services, Settings settings) => services
        .AddSingleton(settings.Evidence)
        .AddSingleton(ShelfOf(settings))
        .AddSingleton(provider => new EvidenceLocker(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<BlobShelf>(),
                settings.Evidence.Quotas))
        .AddSingleton(provider => provider.GetRequiredService<EvidenceLocker>().Rows)
        .AddSingleton<EvidenceStates>()
        .AddSingleton<Likenesses>()
        .AddSingleton<Workshop>()
        .AddSingleton<InspectionNews>()
        .AddSingleton<EvidenceInspection>()
        .AddSingleton<EvidenceInspector>()
        .AddHostedService(provider => provider.GetRequiredService<EvidenceInspector>())
        .AddSingleton<Handouts>()
        .AddSingleton<FileAnswers>()
        .AddSingleton<EvidenceUploads>()
        .AddSingleton<EvidenceIntake>()
        .AddSingleton<Api.ResumableUploads>()
        .AddHostedService<EvidenceSweeper>();

    private static BlobShelf ShelfOf(Settings settings)
    {
        var folder = Path.Combine(settings.DataFolder, "evidence");
        return settings.Evidence.S3 is { } s3 ? new S3Shelf(s3, Path.Combine(folder, "fetched"))
            : new DiskShelf(folder);
    }
}

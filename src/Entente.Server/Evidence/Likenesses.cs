using System.Data.Common;
using System.Numerics;
using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Evidence;

/// <summary>
/// The same or a near-same picture in another dispute of the marketplace; for the platform's eyes alone.
/// </summary>
public sealed record Alike(DisputeId Dispute, ExhibitId Exhibit, int BitsApart);

/// <summary>
/// Finds pictures that look alike by 64 bits each. Cut into eight bands, two that differ in at most seven bits have a
/// band in common, which an index finds.
/// </summary>
public sealed class Likenesses(Database database)
{
    private const int Bands = 8;
    private const int BitsApartMax = 7;
    private const int FoundMax = 20;

    /// <summary>A picture with hardly anything on it looks like every other such picture.</summary>
    private const int BitsMin = 6;

    public async Task<IReadOnlyList<Alike>> Of(
        MarketplaceId marketplace, DisputeId dispute, ulong likeness, CancellationToken stop = default)
    {
        if (SaysNothing(likeness)) return [];
        await using var connection = await database.Open(stop);
        var found = new Dictionary<(string, string, string), long>();
        for (var band = 0; band < Bands; band++)
            foreach (var row in await connection.QueryAsync<(string Order, string Suffix, string Exhibit,
                long Likeness)>(
                """
                SELECT order_id, suffix, exhibit, likeness FROM evidence_likeness
                WHERE marketplace = @marketplace AND band = @band AND part = @part LIMIT 2000
                """, new { marketplace, band, part = PartOf(likeness, band) }))
                found[(row.Order, row.Suffix, row.Exhibit)] = row.Likeness;
        return [.. found
            .Select(row => new Alike(
                new(new(row.Key.Item1), row.Key.Item2), new(row.Key.Item3),
                BitOperations.PopCount((ulong)row.Value ^ likeness)))
            .Where(alike => alike.BitsApart <= BitsApartMax && alike.Dispute != dispute)
            .OrderBy(alike => alike.BitsApart)
            .Take(FoundMax)];
    }

    internal static async Task Note(DbTransaction transaction, EvidenceWork work, ulong likeness)
    {
        if (SaysNothing(likeness)) return;
        for (var band = 0; band < Bands; band++)
            await transaction.Connection!.ExecuteAsync(
                """
                INSERT INTO evidence_likeness (marketplace, band, part, order_id, suffix, exhibit, likeness)
                VALUES (@Marketplace, @band, @part, @Order, @Suffix, @Exhibit, @likeness)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    work.Marketplace,
                    band,
                    part = PartOf(likeness, band),
                    work.File.Dispute.Order,
                    work.File.Dispute.Suffix,
                    work.File.Exhibit,
                    likeness = (long)likeness,
                }, transaction);
    }

    private static int PartOf(ulong likeness, int band) => (int)(likeness >> 8 * band & 0xFF);

    private static bool SaysNothing(ulong likeness) =>
        BitOperations.PopCount(likeness) is < BitsMin or > 64 - BitsMin;
}

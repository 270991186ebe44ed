using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>One line of who came from where and did what.</summary>
public sealed record AuditLine(Instant At, string Address, string Who, string What, string Subject);

/// <summary>
/// Network addresses and acts around disputes: sign-ins, keys, roles. Kept apart from the disputes' own chains, because
/// it has to be forgotten after its time.
/// </summary>
public sealed class AuditTrail(Database database)
{
    /// <param name="what">A code: sign_in, sign_in_failed, key_made …</param>
    public Task Note(
        MarketplaceId marketplace, string address, string who, string what, string subject = "",
        CancellationToken stop = default) =>
        Note([(marketplace, new(database.Now(), address, who, what, subject))], stop);

    /// <summary>Several lines in one transaction.</summary>
    public Task Note(IReadOnlyList<(MarketplaceId Marketplace, AuditLine Line)> lines,
        CancellationToken stop = default) =>
        database.Write(
            transaction => Rows.Write(
                transaction,
                lines.Select(noted => new object?[]
                {
                    NewId.Make(), noted.Line.At, noted.Marketplace, noted.Line.Address, noted.Line.Who,
                    noted.Line.What, noted.Line.Subject,
                }),
                rows => $"INSERT INTO audit (audit_id, at, marketplace, address, who, what, subject) {rows}"),
            stop);

    public async Task<IReadOnlyList<AuditLine>> Newest(
        MarketplaceId marketplace, int count, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var lines = await connection.QueryAsync<AuditLine>(
            "SELECT at, address, who, what, subject FROM audit WHERE marketplace = @marketplace ORDER BY at DESC LIMIT "
                + "@count",
            new { marketplace, count });
        return lines.AsList();
    }
}

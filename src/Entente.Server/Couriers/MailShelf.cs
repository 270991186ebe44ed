using Dapper;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>A mail that left.</summary>
/// <param name="Person">Whom it was written to.</param>
/// <param name="File">Its name in the mail folder, where there was no server.</param>
public sealed record SentMail(
    string Id, DisputeId Dispute, PersonId Person, string Address, string Language, string Subject, string Body,
    Instant At, string? File);

/// <summary>The mails that left, for the operator to look at; one that stands here is not sent again.</summary>
public sealed class MailShelf(Database database)
{
    private const string Columns =
        "SELECT mail_id, order_id, suffix, person, address, language, subject, body, at, file FROM mail";

    public async Task<bool> Has(string id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM mail WHERE mail_id = @id", new { id }) > 0;
    }

    public Task Remember(Mail mail, string? file) => database.Write(transaction => transaction.Connection!.ExecuteAsync(
        """
        INSERT INTO mail (mail_id, marketplace, order_id, suffix, person, address, language, subject, body, at, file)
        VALUES (@Id, @Marketplace, @Order, @Suffix, @person, @address, @language, @Subject, @Body, @At, @file)
        ON CONFLICT DO NOTHING
        """,
        new
        {
            mail.Id, mail.Marketplace, mail.Dispute.Order, mail.Dispute.Suffix, person = mail.To.Id,
            address = mail.To.Email,
            language = mail.To.Language, mail.Subject, mail.Body, mail.At, file,
        }, transaction));

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<SentMail>> Newest(
        MarketplaceId marketplace, int count, int skip = 0, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var rows = await connection.QueryAsync<Row>(
            $"{Columns} WHERE marketplace = @marketplace ORDER BY at DESC, mail_id LIMIT @count OFFSET @skip",
            new { marketplace, count, skip });
        return [.. rows.Select(row => row.Mail)];
    }

    public async Task<int> Count(MarketplaceId marketplace, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        return await connection.ExecuteScalarAsync<int>(
            "SELECT count(*) FROM mail WHERE marketplace = @marketplace", new { marketplace });
    }

    public async Task<SentMail?> Find(MarketplaceId marketplace, string id, CancellationToken stop = default)
    {
        await using var connection = await database.Open(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"{Columns} WHERE marketplace = @marketplace AND mail_id = @id", new { marketplace, id });
        return row?.Mail;
    }

    private sealed class Row
    {
        public required string MailId { get; init; }
        public required string OrderId { get; init; }
        public required string Suffix { get; init; }
        public required string Person { get; init; }
        public required string Address { get; init; }
        public required string Language { get; init; }
        public required string Subject { get; init; }
        public required string Body { get; init; }
        public long At { get; init; }
        public string? File { get; init; }

        public SentMail Mail => new(
            MailId, new(new(OrderId), Suffix), new(Person), Address, Language, Subject, Body, Micros.From(At), File);
    }
}

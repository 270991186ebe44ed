using System.Text.RegularExpressions;
using Dapper;

namespace Entente.Tests.Storage;

/// <summary>
/// What belongs to a dispute can be spread over machines by its order: keys begin with it, nothing refers across it,
/// and every statement of a command's way names it.
/// </summary>
public sealed partial class ShardingTests : IDisposable
{
    // No command writes these, and they are found by something else: a mail that left, a file that is still coming in,
    // what looks alike across orders, a hold that is listed by its own number.
    private static readonly string[] OfNoOrder = ["mail", "evidence_upload", "evidence_likeness", "legal_hold"];
    private readonly StoredCentre _centre = new(On.Postgres);

    [Fact]
    public async Task Every_key_of_a_table_with_orders_begins_with_the_order() => Assert.DoesNotContain(
        await Read(
            """
            SELECT t.relname || ' ' || i.indexrelid::regclass::text FROM pg_class t
            JOIN pg_attribute o ON o.attrelid = t.oid AND o.attname = 'order_id'
            JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique
            WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND i.indkey[0] <> o.attnum
            """),
        row => !OfNoOrder.Contains(row.Split(' ')[0]));

    [Fact]
    public async Task No_trigger_and_no_foreign_key_ties_orders_together() => Assert.Empty(await Read(
        """
        SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT c.conname::text FROM pg_constraint c
        JOIN pg_attribute o ON o.attrelid = c.conrelid AND o.attname = 'order_id' WHERE c.contype = 'f'
        """));

    [Theory]
    [InlineData("src/Entente.Server/Storage/Postgres/AppendBatch.cs")]
    [InlineData("src/Entente.Server/Storage/Postgres/AppendStanding.cs")]
    [InlineData("src/Entente.Server/Storage/AppendStatements.cs")]
    [InlineData("src/Entente.Server/Storage/DisputeStore.cs")]
    [InlineData("src/Entente.Server/Storage/DisputeCatchUp.cs")]
    [InlineData("src/Entente.Server/Payments/MoneyStatements.cs")]
    [InlineData("src/Entente.Server/Payments/OutsideFacts.cs")]
    [InlineData("src/Entente.Server/Payments/TillReading.cs")]
    public void Every_statement_of_a_commands_way_names_its_order(string file)
    {
        var statements = Statements().Matches(File.ReadAllText(Path.Combine(Repository.Root, file)))
            .Select(match => match.Value).ToList();
        Assert.NotEmpty(statements);
        Assert.All(statements.Where(sql => !sql.Contains("pg_notify", StringComparison.Ordinal)),
            sql => Assert.Contains("order_id", sql));
    }

    private async Task<List<string>> Read(string sql)
    {
        await using var connection = await _centre.Database.Open();
        return [.. await connection.QueryAsync<string>(sql)];
    }

    [GeneratedRegex("\"(\"\")?\\s*(SELECT|INSERT|UPDATE|DELETE) [^\"]*\"", RegexOptions.Singleline)]
    private static partial Regex Statements();

    public void Dispose() => _centre.Dispose();
}

using Dapper;

namespace Entente.Tests.Storage;

/// <summary>Both databases have the same tables, with the same columns, keys and gaps.</summary>
public sealed class SchemaTwinsTests : IDisposable
{
    private const string SqliteColumns =
        """
        SELECT m.name || '.' || c.name || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN '' ELSE '?' END
               || CASE WHEN c.pk > 0 THEN ' key ' || c.pk ELSE '' END
               || CASE c.type WHEN 'TEXT' THEN ' text' WHEN 'BLOB' THEN ' bytes' ELSE '' END
        FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND lower(m.name) <> 'schemaversions'
          AND m.name NOT IN (SELECT name || suffix FROM (SELECT name FROM sqlite_master WHERE sql LIKE '%USING fts5%'),
                             (SELECT '' AS suffix UNION SELECT '_data' UNION SELECT '_idx' UNION SELECT '_content'
                              UNION SELECT '_docsize' UNION SELECT '_config'))
          AND m.name NOT LIKE 'sqlite_%'
        """;
    private const string PostgresColumns =
        """
        SELECT t.relname || '.' || a.attname || CASE WHEN a.attnotnull THEN '' ELSE '?' END
               || COALESCE(' key ' || array_position(k.conkey, a.attnum), '')
               || CASE y.typname WHEN 'text' THEN ' text' WHEN 'bytea' THEN ' bytes' ELSE '' END
        FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type y ON y.oid = a.atttypid AND y.typname <> 'tsvector'
        LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
        WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND t.relname <> 'schemaversions'
        """;
    private readonly StoredCentre _sqlite = new(On.Sqlite);
    private readonly StoredCentre _postgres = new(On.Postgres);

    [Fact]
    public async Task Every_table_has_its_twin()
    {
        var one = await Read(_sqlite, SqliteColumns);
        var other = await Read(_postgres, PostgresColumns);
        Assert.Contains("event.bytes bytes", one);
        Assert.Equal(one, other);
    }

    [Fact]
    public void Every_script_has_its_twin()
    {
        static List<string> Of(string kind) => [.. Directory
            .GetFiles(Path.Combine(Repository.Root, "src/Entente.Server/Storage/Schema", kind))
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(Of("sqlite"), Of("postgres"));
    }

    [Fact]
    public async Task Text_is_compared_byte_by_byte_everywhere() => Assert.Empty(await Read(_postgres,
        """
        SELECT t.relname || '.' || a.attname FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
        JOIN pg_type y ON y.oid = a.atttypid AND y.typname = 'text'
        WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND t.relname <> 'schemaversions'
          AND a.attcollation <> (SELECT oid FROM pg_collation WHERE collname = 'C')
        """));

    private static async Task<List<string>> Read(StoredCentre centre, string sql)
    {
        await using var connection = await centre.Database.Open();
        return [.. (await connection.QueryAsync<string>(sql)).Order(StringComparer.Ordinal)];
    }

    public void Dispose()
    {
        _sqlite.Dispose();
        _postgres.Dispose();
    }
}

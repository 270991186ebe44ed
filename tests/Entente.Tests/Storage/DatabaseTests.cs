using Dapper;
using Entente.Domain;
using Entente.Server.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(7));
    private readonly Database _database;

    public DatabaseTests() => _database = new(_folder.Path, _time);

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        Migrations.Run(_database);
        Migrations.Run(_database);
        await using var connection = await _database.Open();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM dispute"));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        Migrations.Run(_database);
        await _database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999-from-tomorrow.sql', '2030-01-01')", null,
            transaction));
        var refused = Assert.Throws<NewerDatabaseException>(() => Migrations.Run(_database));
        Assert.Contains("9999-from-tomorrow.sql", refused.Message);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_left_to_the_operating_system()
    {
        await _database.Write(async transaction =>
        {
            Assert.Equal("wal", await transaction.Connection!.ExecuteScalarAsync<string>(
                "PRAGMA journal_mode", null, transaction));
            Assert.Equal(
                2, await transaction.Connection!.ExecuteScalarAsync<int>("PRAGMA synchronous", null, transaction));
        });
    }

    [Fact]
    public void The_instant_is_in_whole_microseconds() =>
        Assert.Equal(Instant.FromUtc(2026, 3, 1, 12, 0), _database.Now());

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(-10, -1)]
    [InlineData(-11, -2)]
    [InlineData(19, 1)]
    public void An_instant_is_floored_to_the_microsecond_before_it(long ticks, long micros) =>
        Assert.Equal(Micros.From(micros), Micros.Floor(Instant.FromUnixTimeTicks(ticks)));

    [Fact]
    public void A_finer_instant_is_not_stored_as_another() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Micros.Of(Instant.FromUnixTimeTicks(1)));

    [Fact]
    public async Task Writing_that_throws_leaves_nothing()
    {
        Migrations.Run(_database);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _database.Write(async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(
                "INSERT INTO draft VALUES ('p', 'k', '{}', 1)", null, transaction);
            throw new InvalidOperationException("The world fails.");
        }));
        await using var connection = await _database.Open();
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM draft"));
    }

    [Fact]
    public async Task Instants_and_ids_come_back_as_they_went()
    {
        Migrations.Run(_database);
        var row = new Draft { Person = new("p1"), Key = "open", ChangedAt = _database.Now() };
        await _database.Write(transaction => transaction.Connection!.ExecuteAsync(
            "INSERT INTO draft VALUES (@Person, @Key, '{}', @ChangedAt)", row, transaction));
        await using var connection = await _database.Open();
        Assert.Equal(row, await connection.QuerySingleAsync<Draft>("SELECT person, key, changed_at FROM draft"));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private sealed record Draft
    {
        public PersonId Person { get; init; }
        public string Key { get; init; } = "";
        public Instant ChangedAt { get; init; }
    }
}

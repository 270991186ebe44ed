using Entente.Server.Storage;
using Npgsql;

namespace Entente.Tests.Storage;

/// <summary>Questions that travel together: each has its own answer, and its own trouble.</summary>
public sealed class PostgresReadsTests : IDisposable
{
    private const string Twice = "SELECT @first::bigint + @second::bigint; SELECT @second::bigint * 10";
    private readonly TemporaryFolder _folder = new();
    private readonly string _connection = PostgresUnderTest.Shared.NewMigrated();
    private readonly Database _database;

    public PostgresReadsTests() => _database = new(_folder.Path, _connection, TimeProvider.System);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_gets_their_own_answer_however_many_ask_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => Task.Run(() => Right(number))));
        Assert.Equal(Enumerable.Range(0, 2_000).Select(number => (number + 7L, 70L)), answers);
    }

    [Fact]
    public async Task A_question_that_fails_leaves_its_neighbours_theirs()
    {
        var asked = Enumerable.Range(0, 200)
            .Select(number => number % 10 == 3 ? Wrong(number) : Right(number)).ToList();
        for (var number = 0; number < asked.Count; number++)
            if (number % 10 == 3) await Assert.ThrowsAnyAsync<Exception>(() => asked[number]);
            else Assert.Equal((number + 7L, 70L), await asked[number]);
    }

    [Fact]
    public async Task Connections_that_were_ended_meanwhile_are_opened_anew()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(Right));
        await using (var other = new NpgsqlConnection(_connection + ";Pooling=false"))
        {
            await other.OpenAsync(Stop);
            await using var end = new NpgsqlCommand(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                + "WHERE datname = current_database() AND pid <> pg_backend_pid()", other);
            await end.ExecuteNonQueryAsync(Stop);
        }
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(Right));
        Assert.Equal(Enumerable.Range(0, 100).Select(number => (number + 7L, 70L)), answers);
    }

    [Fact]
    public async Task Who_has_gone_is_not_asked_for()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await _database.Read("SELECT 1", rows => rows.Read(), gone.Token));
    }

    private Task<(long, long)> Right(int number) => Ask(number).AsTask();

    /// <summary>In turn the database cannot answer, and nobody can read what it answers.</summary>
    private Task<(long, long)> Wrong(int number) => number % 20 == 3
        ? _database.Read("SELECT 1 / (@zero - 0)", static rows => (rows.GetInt64(0), 0L), Stop, 0).AsTask()
        : _database.Read<(long, long)>(
            "SELECT 1", static _ => throw new InvalidDataException("Nobody can read it."), Stop).AsTask();

    private ValueTask<(long, long)> Ask(int number) => _database.Read(Twice, static rows =>
    {
        Assert.True(rows.Read());
        var first = rows.GetInt64(0);
        Assert.True(rows.NextResult() && rows.Read());
        return (first, rows.GetInt64(0));
    }, Stop, number, 7);

    public void Dispose()
    {
        _database.Dispose();
        PostgresUnderTest.Drop(_connection);
        _folder.Dispose();
    }
}

using System.Diagnostics;
using System.Net;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Storage;
using Entente.Tests.Storage;

namespace Entente.Tests.Faults;

/// <summary>
/// What is done to PostgreSQL under a working centre: stopped at once, frozen, cut off in the middle of a commit.
/// </summary>
[Trait("Category", "slow")]
public sealed class PostgresFaultTests : IDisposable
{
    private const int Writers = 8;
    private readonly PostgresUnderTest _postgres = new(isDurable: true);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_commit_of_which_nobody_heard_is_known_again_and_never_made_twice()
    {
        const int cuts = 20;
        using var proxy = new CuttingProxy(_postgres.Port);
        var connection = _postgres.NewMigrated().Replace($"Port={_postgres.Port}", $"Port={proxy.Port}");
        using var database = new Database(_folder.Path, connection, TimeProvider.System);
        var keys = new PersonKeys(database);
        using var store = new DisputeStore(database, keys, new());
        var given = Given.Opened();
        await keys.Of("person-buyer");
        Assert.Equal(AppendOutcome.Done, await store.Append(StoredCentre.AppendOf(await store.Read(Given.Id), given)));
        for (var cut = 1; cut <= cuts; cut++)
        {
            given = given.Says(Role.Buyer, $"Message {cut}.");
            var append = StoredCentre.AppendOf(await store.Read(Given.Id), given);
            proxy.CutNextCommit();
            Assert.Equal(AppendOutcome.Done, await store.Append(append));
        }
        Assert.Equal(cuts, proxy.Cut);
        Assert.Equal(given.Facts, await store.History(Given.Id));
        FaultReport.Note("answer to COMMIT cut off", cuts, $"{cuts} appends known again by their link, none twice");
    }

    [Fact]
    public async Task Stopped_at_once_ten_times_under_load_nothing_acknowledged_is_lost_and_nobody_waits_long()
    {
        const int crashes = 10;
        await using var centre = await FaultyCentre.Start(_postgres.NewMigrated(), Writers);
        using var stop = new CancellationTokenSource();
        var writing = centre.WriteUntil(stop.Token);
        for (var crash = 0; crash < crashes; crash++)
        {
            var before = centre.Acknowledged;
            await Soon.Until(() => centre.Acknowledged > before + Writers);
            _postgres.Crash();
            await Task.Delay(Random.Shared.Next(50, 300));
            _postgres.Start();
        }
        var last = centre.Acknowledged;
        await Soon.Until(() => centre.Acknowledged > last + Writers);
        await stop.CancelAsync();
        await writing;
        await centre.VerifyAll();
        Assert.True(centre.Longest < TimeSpan.FromSeconds(20), $"Somebody waited {centre.Longest}.");
        FaultReport.Note("database stopped at once", crashes,
            $"{centre.Acknowledged} acknowledged, all there once; {centre.Unavailable} answers of 503; chains verify");
    }

    [Fact]
    public async Task A_frozen_database_is_told_within_seconds_and_comes_back_by_itself()
    {
        await using var centre = await FaultyCentre.Start(_postgres.NewMigrated(), 1);
        await Unreachable("database frozen", centre, _postgres.Freeze, _postgres.Thaw);
    }

    [Fact]
    public async Task A_black_hole_before_the_database_is_told_within_seconds_and_healed_by_itself()
    {
        using var proxy = new CuttingProxy(_postgres.Port);
        var connection = _postgres.NewMigrated().Replace($"Port={_postgres.Port}", $"Port={proxy.Port}");
        await using var centre = await FaultyCentre.Start(connection, 1);
        await Unreachable("black hole before the database", centre,
            () => proxy.Swallows = true, () => proxy.Swallows = false);
    }

    private static async Task Unreachable(string fault, FaultyCentre centre, Action begin, Action end)
    {
        const int asked = 8;
        Assert.True(await centre.IsReady());
        Assert.True((await centre.Post(0, "before-0")).IsSuccessStatusCode); // So that it stands on warm connections.
        begin();
        var longest = TimeSpan.Zero;
        try
        {
            for (var ask = 0; ask < asked; ask++)
            {
                var watch = Stopwatch.StartNew();
                using var answer = await centre.Post(0, $"meanwhile-{ask}");
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.NotNull(answer.Headers.RetryAfter);
                longest = watch.Elapsed > longest ? watch.Elapsed : longest;
            }
            Assert.True(longest < TimeSpan.FromSeconds(6), $"It took {longest}.");
            Assert.False(await centre.IsReady());
        }
        finally
        {
            end();
        }
        await Soon.Until(async () => await centre.IsReady());
        await Soon.Until(async () => (await centre.Post(0, "meanwhile-0")).IsSuccessStatusCode);
        await centre.VerifyAll();
        FaultReport.Note(fault, 1, $"{asked} answers of 503 with Retry-After, the latest after "
            + $"{longest.TotalSeconds:N1} s; not ready; back by itself");
    }

    [Fact]
    public async Task Two_nodes_on_one_dispute_use_each_version_once()
    {
        const int rounds = 50;
        var connection = _postgres.NewMigrated();
        await using var centre = await FaultyCentre.Start(connection, Writers);
        using var other = new Database(_folder.Path, connection, TimeProvider.System);
        using var elsewhere = new DisputeStore(other, new(other), new());
        var id = DisputeId.TryParse(centre.Disputes[0], out var parsed) ? parsed : default;
        for (var round = 0; round < rounds; round++)
        {
            var here = await centre.Store.Read(id);
            var outcomes = await Task.WhenAll(
                Append(centre.Store, here, round, "a"), Append(elsewhere, here, round, "b"));
            Assert.Single(outcomes, AppendOutcome.Done);
            Assert.Single(outcomes, AppendOutcome.VersionConflict);
        }
        Assert.Equal(rounds + 1, (await centre.Store.History(id)).Count);
        await centre.VerifyAll();
        FaultReport.Note("two nodes at one version", rounds, "one of two wrote each time");
    }

    private static Task<AppendOutcome> Append(DisputeStore store, StoredDispute before, int round, string node)
    {
        var said = new MessagePosted(Audience.All, new($"person-{node}", "en", $"{round:x64}"));
        var fact = new Fact(before.Dispute.Version + 1, before.Dispute.Counts[0] + 1, before.Dispute.LastAt,
            new(ActorKind.Person, Role.Buyer, "person"), new($"{node}-{round}"), "policy@1", said);
        return Task.Run(() => store.Append(new(before, before.Dispute.After(fact), [fact])));
    }

    public void Dispose()
    {
        _postgres.Dispose();
        _folder.Dispose();
    }
}

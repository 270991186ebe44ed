using Dapper;
using Entente.Server;
using Entente.Server.Demo;
using Entente.Server.Storage;
using Entente.Tests.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Entente.Tests.Demo;

public sealed class DemoMarketTests : IDisposable
{
    private readonly TestDatabase _place = new();
    private readonly List<string> _complaints = [];

    [Theory]
    [InlineData("2026-11-23T10:00:00Z")] // a Monday
    [InlineData("2026-12-26T23:30:00Z")] // a night between a holiday and a Sunday
    [InlineData("2027-01-02T07:00:00Z")] // holidays behind
    [InlineData("2027-04-02T12:00:00Z")] // after the clocks changed, around Easter
    [InlineData("2027-05-20T16:45:00Z")] // four holidays in three weeks
    public async Task Every_story_is_told_to_its_end_whatever_the_day(string day)
    {
        using var database = await Start(day);
        Assert.Empty(_complaints);
        Assert.Equal(
            ["appeal 1", "closed 4", "enforcement 1", "fulfilment 3", "negotiation 3", "review 2"],
            await Query(database, "SELECT stage || ' ' || count(*) FROM dispute GROUP BY stage ORDER BY stage"));
        Assert.Equal(["12"], await Query(database, "SELECT count(*) FROM orders"));
        Assert.Equal(
            ["buyer 2", "examiner 2", "operator 1", "seller 3"],
            await Query(database, "SELECT role || ' ' || count(*) FROM membership GROUP BY role ORDER BY role"));
        Assert.Equal(
            ["EUR", "GBP", "JPY"], await Query(database, "SELECT DISTINCT currency FROM dispute ORDER BY currency"));
        Assert.Equal(
            ["0"], await Query(database, $"SELECT count(*) FROM event WHERE at > {Micros.Of(database.Now())}"));
    }

    [Fact]
    public async Task A_second_start_adds_nothing_and_tells_no_key()
    {
        const string day = "2026-11-23T10:00:00Z";
        using (var first = await Start(day)) Assert.NotEmpty(await Query(first, "SELECT count(*) FROM event"));
        using var database = await Start(day, isFirst: false);
        Assert.Equal(["14"], await Query(database, "SELECT count(*) FROM dispute"));
        Assert.Equal(["1"], await Query(database, "SELECT count(*) FROM api_key"));
    }

    private async Task<Database> Start(string day, bool isFirst = true)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        var database = _place.Open(clock);
        Migrations.Run(database);
        var address = new Uri("http://127.0.0.1:5080");
        var settings = new Settings
        {
            DataFolder = _place.Folder, Connection = _place.Connection, Address = address, BaseAddress = address,
            MailFrom = "a@b.example",
        };
        using var log = LoggerFactory.Create(logging => logging.AddProvider(new Listener(_complaints)));
        var demo = new DemoMarket(settings, clock, log.CreateLogger<DemoMarket>());
        await demo.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isFirst, demo.Key?.StartsWith("ent_", StringComparison.Ordinal) ?? false);
        return database;
    }

    private static async Task<IEnumerable<string>> Query(Database database, string sql)
    {
        await using var connection = await database.Open();
        return await connection.QueryAsync<string>(sql);
    }

    public void Dispose() => _place.Dispose();

    private sealed class Listener(List<string> heard) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            heard.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}

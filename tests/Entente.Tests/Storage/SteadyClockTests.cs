using Entente.Server.Storage.Sqlite;

namespace Entente.Tests.Storage;

/// <summary>A clock that is set is followed; a clock that jumps is not.</summary>
public class SteadyClockTests
{
    [Theory]
    [InlineData("00:04:00", true), InlineData("-00:04:00", true)]
    [InlineData("03:00:00", false), InlineData("-03:00:00", false), InlineData("365.00:00:00", false)]
    public void A_jump_is_no_time_that_passed(string jump, bool believed)
    {
        var machine = new Machine();
        var clock = new SteadyClock(machine);
        machine.Pass(TimeSpan.FromDays(40)); // Time that passes is no jump, however seldom one looks.
        Assert.Equal(machine.GetUtcNow(), clock.Now());
        var before = machine.GetUtcNow();
        machine.Set(before + TimeSpan.Parse(jump, null));
        machine.Pass(TimeSpan.FromMinutes(1));
        var expected = believed ? machine.GetUtcNow() : before + TimeSpan.FromMinutes(1);
        Assert.Equal(expected, clock.Now());
        machine.Set(before + TimeSpan.FromMinutes(1));
        Assert.Equal(machine.GetUtcNow(), clock.Now());
    }

    /// <summary>A clock that can be set, and beside it one that only counts.</summary>
    private sealed class Machine : TimeProvider
    {
        private DateTimeOffset _shown = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
        private long _counted;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => (_shown, _counted) = (_shown + time, _counted + time.Ticks);

        public void Set(DateTimeOffset shown) => _shown = shown;

        public override DateTimeOffset GetUtcNow() => _shown;

        public override long GetTimestamp() => _counted;
    }
}

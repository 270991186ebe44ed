using Entente.Server.Desk;

namespace Entente.Tests.Server;

public sealed class AuditTests(Neighbourhood town) : IClassFixture<Neighbourhood>
{
    [Fact]
    public async Task Acts_and_reaches_for_what_is_not_ones_own_leave_a_line_with_the_address_and_reading_leaves_none()
    {
        await town.Who("b2", atApi: true).Read($"/v1/disputes/{town.Dispute}");
        await town.Who("b1", atApi: true).Read($"/v1/disputes/{town.Dispute}");
        var lines = await Written("refused GET");
        Assert.Contains(lines, line =>
            line.What.StartsWith("refused GET", StringComparison.Ordinal) && line.Subject == town.Dispute);
        Assert.Contains(lines, line =>
            line.What == "POST /v1/disputes" && line.Address is "127.0.0.1" or "::ffff:127.0.0.1");
        Assert.DoesNotContain(lines, line => line.What.StartsWith("GET", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<AuditLine>> Written(string awaited)
    {
        IReadOnlyList<AuditLine> lines = [];
        await Soon.Until(async () =>
        {
            lines = await town.Server.Get<AuditTrail>().Newest(Cast.Here, 1_000);
            return lines.Any(line => line.What.StartsWith(awaited, StringComparison.Ordinal));
        });
        return lines;
    }
}

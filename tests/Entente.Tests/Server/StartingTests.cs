namespace Entente.Tests.Server;

public class StartingTests
{
    [Fact]
    public async Task The_centre_starts_and_says_that_it_lives()
    {
        await using var server = await ServerUnderTest.Start();
        Assert.Equal("live", await server.Anonymous().GetStringAsync(new Uri("/health/live", UriKind.Relative)));
    }
}

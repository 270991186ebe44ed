using System.CommandLine;
using Entente.Domain;
using Entente.Server;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Microsoft.Extensions.Configuration;

namespace Entente.Tests.Desk;

public sealed class FoundingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-test-").FullName;

    [Fact]
    public async Task A_marketplace_its_staff_and_a_key_are_founded_from_outside()
    {
        Assert.Equal((0, ""), await Run("marketplace", "create", "here", "--name", "Here", "--zone", "Europe/Paris"));
        var (added, first) = await Run(
            "staff", "add", "here", "eve", "--email", "eve@here.example", "--as", "operator");
        var (renewed, second) = await Run("staff", "password", "here", "Eve");
        Assert.Equal((0, 0), (added, renewed));
        Assert.Matches("^([a-z2-9]{5}-){3}[a-z2-9]{5}$", first.Trim());
        Assert.NotEqual(first, second);
        var (code, key) = await Run("key", "create", "here", "--scopes", "orders:write,decide");
        Assert.Equal(0, code);
        using var database = new Database(_folder, TimeProvider.System);
        var found = await new KeyRing(database).Find(key.Trim());
        Assert.Equal([Scope.OrdersWrite, Scope.Decide], found!.Scopes);
        Assert.Equal("Europe/Paris", (await new Marketplaces(database).Find(new("here")))!.Zone);
        Assert.Equal("eve", (await new People(database).Staff(new("here"), Role.Operator)).Single().Login);
    }

    [Theory]
    [InlineData("marketplace", "create", "here", "--zone", "Mars/Olympus")]
    [InlineData("staff", "add", "here", "eve", "--email", "eve@here.example", "--as", "buyer")]
    [InlineData("staff", "add", "here", "eve")]
    [InlineData("staff", "password", "here", "nobody")]
    [InlineData("key", "create", "here", "--scopes", "everything")]
    public async Task What_cannot_be_is_refused(params string[] words) => Assert.NotEqual(0, (await Run(words)).Code);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Code, string Output)> Run(params string[] words)
    {
        var given = new ConfigurationBuilder().AddInMemoryCollection([new("data", _folder)]).Build();
        var root = new RootCommand();
        foreach (var command in Founding.Commands(_ => Settings.From(given))) root.Add(command);
        await using var output = new StringWriter();
        var code = await root.Parse(words).InvokeAsync(new() { Output = output, Error = TextWriter.Null });
        return (code, output.ToString());
    }
}

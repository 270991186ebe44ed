using System.CommandLine;
using System.Globalization;
using Entente.Server.Bundles;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Microsoft.AspNetCore.Connections;

namespace Entente.Server;

/// <summary>What the executable understands: serve (the default), and what is done to a centre from outside.</summary>
public static class CommandLine
{
    private static readonly Option<string?> Data = new("--data")
        { Description = "Data folder (default ./data)", Recursive = true };
    private static readonly Option<string?> Connection =
        new("--database") { Description = "PostgreSQL's connection string (default: embedded)", Recursive = true };
    private static readonly Option<string?> Address =
        new("--address", "--urls") { Description = "Address to listen on (default http://127.0.0.1:5080)" };
    private static readonly Option<string?> BaseAddress =
        new("--base-address") { Description = "Address people type, where it differs from the one listened on" };
    private static readonly Option<bool> NoDemo = new("--no-demo")
        { Description = "No demo marketplace, no demo people" };

    public static async Task<int> Run(string[] args)
    {
        var root = new RootCommand("Entente, a dispute-resolution centre a marketplace runs itself.")
            { Data, Connection };
        var serve = new Command("serve", "Start the centre (the default).");
        foreach (var command in new Command[] { root, serve })
        {
            command.Add(Address);
            command.Add(BaseAddress);
            command.Add(NoDemo);
            command.SetAction((given, stop) => Serve(SettingsOf(given), stop));
        }
        var help = new Command("help", "Show this.");
        help.SetAction((_, stop) => root.Parse("--help").InvokeAsync(cancellationToken: stop));
        var verify = new Command("verify", "Compute every chain anew and name what is broken; or verify a bundle.");
        verify.Add(BundleCommands.File);
        verify.SetAction((given, stop) => given.GetValue(BundleCommands.File) is { } bundle
            ? BundleCommands.Verify(bundle, Console.Out, stop)
            : VerifyCommand.Run(SettingsOf(given), Console.Out, stop));
        root.Add(serve);
        root.Add(Policies.PolicyCommands.Command(SettingsOf));
        root.Add(verify);
        foreach (var command in KeepingCommands.Commands(SettingsOf)) root.Add(command);
        root.Add(BundleCommands.Keys(SettingsOf));
        foreach (var command in Founding.Commands(SettingsOf)) root.Add(command);
        root.Add(help);
        return await root.Parse(args).InvokeAsync();
    }

    private static async Task<int> Serve(Settings settings, CancellationToken stop)
    {
        await using var centre = Program.Build(settings);
        try
        {
            await centre.StartAsync(stop);
        }
        catch (IOException busy) when (busy.InnerException is AddressInUseException)
        {
            // Somebody else has that door; a trace of ours would help nobody.
            await Console.Error.WriteLineAsync(Greeting.Busy(centre.Services));
            return 1;
        }
        await Console.Out.WriteLineAsync(await Greeting.Of(centre.Services, stop));
        await centre.WaitForShutdownAsync(stop);
        return 0;
    }

    private static Settings SettingsOf(ParseResult given) => Settings.From(new ConfigurationBuilder()
        .SetBasePath(Directory.GetCurrentDirectory())
        .AddJsonFile("appsettings.json", optional: true)
        .AddEnvironmentVariables(Settings.EnvironmentPrefix)
        .AddInMemoryCollection(
            [new("otlp", Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))])
        .AddInMemoryCollection(Typed(given).Where(pair => pair.Value is not null))
        .Build());

    private static Dictionary<string, string?> Typed(ParseResult given) => new()
    {
        ["data"] = given.GetValue(Data),
        ["database"] = given.GetValue(Connection),
        ["address"] = given.GetValue(Address),
        ["base_address"] = given.GetValue(BaseAddress),
        ["demo"] = given.GetValue(NoDemo) ? bool.FalseString.ToLower(CultureInfo.InvariantCulture) : null,
    };
}

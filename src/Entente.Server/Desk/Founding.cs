using System.CommandLine;
using Entente.Domain;
using Entente.Server.Storage;

namespace Entente.Server.Desk;

/// <summary>
/// "entente marketplace create", "entente staff add", "entente key create": what has to be there before the API can be
/// asked for the rest. The centre may run meanwhile.
/// </summary>
public static class Founding
{
    private static readonly Argument<string> Id =
        new("marketplace") { Description = "The marketplace's short name, for ever" };
    private static readonly Argument<string> Login = new("login") { Description = "What the person signs in with" };
    private static readonly Option<string?> Name = new("--name") { Description = "What it is called" };
    private static readonly Option<string> Email = new("--email") { Description = "Where notices go", Required = true };
    private static readonly Option<string> Language =
        new("--language") { Description = "BCP 47 (default en)", DefaultValueFactory = _ => "en" };
    private static readonly Option<string> Zone =
        new("--zone") { Description = "Time zone (default Etc/UTC)", DefaultValueFactory = _ => "Etc/UTC" };
    private static readonly Option<string> As =
        new("--as") { Description = "examiner or operator", DefaultValueFactory = _ => "examiner" };
    private static readonly Option<string> Allowed = new("--scopes")
    {
        Description = "What the key may be used for (default all)",
        DefaultValueFactory = _ => string.Join(',', Enum.GetValues<Scope>().Select(scope => scope.Spell())),
    };

    public static IEnumerable<Command> Commands(Func<ParseResult, Settings> settings)
    {
        Allow(Zone, word => DateTimeZoneProviders.Tzdb.GetZoneOrNull(word) is not null);
        Allow(As, word => word is "examiner" or "operator");
        Allow(Allowed, word => Scopes.Parse(word) is { Count: > 0 });
        yield return Under(
            "marketplace", "create", "Add a marketplace.", [Id, Name, Language, Zone], settings, Marketplace);
        yield return Under(
            "staff", "add", "Add somebody of the platform.", [Id, Login, Name, Email, Language, As], settings, Staff);
        yield return Under(
            "key", "create", "Make a key to the API and show it, once.", [Id, Name, Allowed], settings, Key);
    }

    private static void Allow(Option<string> option, Func<string, bool> isFine) => option.Validators.Add(given =>
    {
        var word = given.GetValueOrDefault<string>();
        if (!isFine(word)) given.AddError($"{option.Name} cannot be '{word}'.");
    });

    private static Command Under(
        string noun, string verb, string description, Symbol[] symbols, Func<ParseResult, Settings> settings,
        Func<ParseResult, Database, Task> work)
    {
        var command = new Command(verb, description);
        foreach (var symbol in symbols)
            if (symbol is System.CommandLine.Argument argument) command.Add(argument);
            else if (symbol is Option option) command.Add(option);
        command.SetAction(async (given, _) =>
        {
            using var database = Database.Of(settings(given), TimeProvider.System);
            Migrations.Run(database);
            await work(given, database);
            return 0;
        });
        return new Command(noun, description) { command };
    }

    private static Task Marketplace(ParseResult given, Database database) => new Marketplaces(database).Add(new(
        IdIn(given), given.GetValue(Name) ?? IdIn(given).Value, given.GetRequiredValue(Language),
        given.GetRequiredValue(Zone)));

    private static async Task Staff(ParseResult given, Database database)
    {
        var (people, login) = (new People(database), given.GetRequiredValue(Login));
        var role = given.GetRequiredValue(As) == "operator" ? Role.Operator : Role.Examiner;
        var person = await people.AddPerson(
            IdIn(given), login, given.GetValue(Name) ?? login, given.GetRequiredValue(Language),
            given.GetRequiredValue(Email));
        await people.Join(IdIn(given), person, role);
    }

    private static async Task Key(ParseResult given, Database database)
    {
        var scopes = Scopes.Parse(given.GetRequiredValue(Allowed))!;
        var key = await new KeyRing(database).Make(IdIn(given), given.GetValue(Name) ?? "key", scopes);
        await given.InvocationConfiguration.Output.WriteLineAsync(key);
    }

    private static MarketplaceId IdIn(ParseResult given) => new(given.GetRequiredValue(Id));
}

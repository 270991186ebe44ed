using System.CommandLine;
using Entente.Domain;
using Entente.Server.Storage;
using Entente.Server.Web.SignIn;

namespace Entente.Server.Desk;

/// <summary>
/// "entente marketplace create", "entente staff add", "entente staff password", "entente key create": what has to be
/// there before pages and API can be asked for the rest. The centre may run meanwhile.
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
        yield return new Command("marketplace", "Marketplaces.")
        {
            Verb("create", "Add a marketplace.", [Id, Name, Language, Zone], settings, Marketplace),
        };
        yield return new Command("staff", "The platform's people.")
        {
            Verb("add", "Add somebody of the platform; shows their password, once.",
                [Id, Login, Name, Email, Language, As], settings, Staff),
            Verb("password", "Give somebody a new password and show it, once.", [Id, Login], settings, Password),
        };
        yield return new Command("key", "Keys to the API.")
        {
            Verb("create", "Make a key to the API and show it, once.", [Id, Name, Allowed], settings, Key),
        };
    }

    private static void Allow(Option<string> option, Func<string, bool> isFine) => option.Validators.Add(given =>
    {
        var word = given.GetValueOrDefault<string>();
        if (!isFine(word)) given.AddError($"{option.Name} cannot be '{word}'.");
    });

    private static Command Verb(
        string verb, string description, Symbol[] symbols, Func<ParseResult, Settings> settings,
        Func<ParseResult, Database, Settings, Task<int>> work)
    {
        var command = new Command(verb, description);
        foreach (var symbol in symbols)
            if (symbol is System.CommandLine.Argument argument) command.Add(argument);
            else if (symbol is Option option) command.Add(option);
        command.SetAction(async (given, _) =>
        {
            var known = settings(given);
            using var database = Database.Of(known, TimeProvider.System);
            Migrations.Run(database);
            return await work(given, database, known);
        });
        return command;
    }

    private static async Task<int> Marketplace(ParseResult given, Database database, Settings settings)
    {
        await new Marketplaces(database).Add(new(
            IdIn(given), given.GetValue(Name) ?? IdIn(given).Value, given.GetRequiredValue(Language),
            given.GetRequiredValue(Zone)));
        return 0;
    }

    private static async Task<int> Staff(ParseResult given, Database database, Settings settings)
    {
        var (people, login) = (new People(database), given.GetRequiredValue(Login));
        var role = given.GetRequiredValue(As) == "operator" ? Role.Operator : Role.Examiner;
        var person = await people.AddPerson(
            IdIn(given), login, given.GetValue(Name) ?? login, given.GetRequiredValue(Language),
            given.GetRequiredValue(Email));
        await people.Join(IdIn(given), person, role);
        return await Password(given, database, settings);
    }

    private static async Task<int> Password(ParseResult given, Database database, Settings settings)
    {
        var person = await new People(database).FindPerson(IdIn(given), given.GetRequiredValue(Login));
        var password = person is null ? null : await Passwords.Of(database, settings).Renew(IdIn(given), person.Id);
        var streams = given.InvocationConfiguration;
        if (password is null)
        {
            await streams.Error.WriteLineAsync($"Nobody is called {given.GetRequiredValue(Login)} at {IdIn(given)}.");
            return 1;
        }
        await streams.Output.WriteLineAsync(password);
        return 0;
    }

    private static async Task<int> Key(ParseResult given, Database database, Settings settings)
    {
        var scopes = Scopes.Parse(given.GetRequiredValue(Allowed))!;
        var key = await new KeyRing(database).Make(IdIn(given), given.GetValue(Name) ?? "key", scopes);
        await given.InvocationConfiguration.Output.WriteLineAsync(key);
        return 0;
    }

    private static MarketplaceId IdIn(ParseResult given) => new(given.GetRequiredValue(Id));
}

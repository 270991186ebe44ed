using System.CommandLine;

namespace Entente.Server.Storage;

/// <summary>"entente migrate", "move", "backup", "restore": what is done to a centre's database from outside.</summary>
internal static class KeepingCommands
{
    private static readonly Option<string> File = new("--file") { Description = "The copy's file", Required = true };
    private static readonly Option<string> From =
        new("--from") { Description = "sqlite", DefaultValueFactory = _ => "sqlite" };
    private static readonly Option<string> To =
        new("--to") { Description = "postgres", DefaultValueFactory = _ => "postgres" };

    public static IEnumerable<Command> Commands(Func<ParseResult, Settings> settings)
    {
        From.AcceptOnlyFromAmong("sqlite");
        To.AcceptOnlyFromAmong("postgres");
        yield return Of("migrate", "Bring the database to this version's shape.", [], (given, _) =>
        {
            using var database = Database.Of(settings(given), TimeProvider.System);
            Migrations.Run(database);
            CentreKey.Check(database);
            return Task.FromResult(0);
        });
        yield return Of(
            "move", "Copy the centre from the data folder into an empty PostgreSQL, and verify it.", [From, To],
            (given, stop) => Moving.Run(settings(given), Console.Out, stop));
        yield return Of("backup", "Copy the embedded database while the centre runs, and verify the copy.", [File],
            (given, stop) => Backup.Make(settings(given), given.GetRequiredValue(File), Console.Out, stop));
        yield return Of("restore", "Verify a copy and put it into a data folder without a database.", [File],
            (given, stop) => Backup.Restore(settings(given), given.GetRequiredValue(File), Console.Out, stop));
    }

    private static Command Of(
        string name, string description, Option[] options, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        var command = new Command(name, description);
        foreach (var option in options) command.Add(option);
        command.SetAction(work);
        return command;
    }
}

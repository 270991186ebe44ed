using System.Text.RegularExpressions;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Api;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Entente.Tests.House;

/// <summary>Who may do what when, as one table that code, pages, API and docs/moves.md read.</summary>
public class MoveTests
{
    private const int Subject = 90909;

    /// <summary>Asked for elsewhere than below a dispute's own address.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["open"] = "`POST /v1/disputes`",
        ["lapse"] = "by the clock alone",
        ["give_back_time"] = "by an operator who records an outage at `/admin/outages`",
        ["quarantine_evidence"] = "by the virus check alone",
        ["take_order"] = "`PUT /v1/orders/{external_id}`",
        ["record_refund"] = "by the payment provider alone",
    };

    private static IEnumerable<Type> Commands => typeof(DisputeCommand).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(DisputeCommand)) && !type.IsAbstract);

    [Fact]
    public void Every_command_has_its_row()
    {
        var rows = Moves.All.ToHashSet();
        SourceTree.AssertNone(
            Commands.Where(command => MoveOf(command) is not { } move || !rows.Contains(move))
                .Select(command => command.Name),
            "A command declares one public static readonly Move and stands in Moves.All (Moves.cs).");
        Assert.Equal(Moves.All.Count, Moves.All.Select(move => move.Name).Distinct().Count());
    }

    [Fact]
    public void Every_move_with_an_address_is_asked_by_a_test_of_the_API()
    {
        var asked = string.Concat(SourceTree.CSharp.Where(file => file.Path.StartsWith(
            "tests/", StringComparison.Ordinal)).Select(file => file.Text));
        SourceTree.AssertNone(
            Moves.All.Where(move => !Elsewhere.ContainsKey(move.Name)).Where(move => !IsAsked(move.Name, asked))
                .Select(move => $"{move.Name}: {AddressOf(move.Name)}"),
            "Show what these moves do by asking for them at their address:");
    }

    private static bool IsAsked(string move, string asked)
    {
        var (method, path) = ActionPaths.Of(move, Subject);
        var address = Regex.Escape(path).Replace($"{Subject}", "[^/\" ]+", StringComparison.Ordinal);
        address = Regex.Replace(address, @"\\\{\w+}", "[^/\" ]+");
        return Regex.IsMatch(asked, $"\"{method}\",\\s*\\$?\"[^\"\n]*{address}[\"?]")
            || method == "POST" && Regex.IsMatch(asked, $"[(]\\$?\"[^\"\n]*{address}[\"?]");
    }

    [Fact]
    public void The_document_of_every_move_is_fresh() => Repository.IsFresh("docs/moves.md", Document());

    private static string Document() =>
        "# Who may do what when\n\n"
        + "Generated from the table in the code (`Moves.All`); a test keeps it fresh. Doing it twice does it once.\n"
        + "What else must hold is said by the refusals ([refusals.md](refusals.md)). Addresses stand below\n"
        + "`/v1/disputes/{dispute}`.\n\n"
        + "| move | asked by | of whom | during | what it is |\n|---|---|---|---|---|\n"
        + string.Concat(Moves.All.Select(Row));

    private static string Row(Move move)
    {
        var command = Commands.Single(type => MoveOf(type) == move);
        return $"| `{move.Name}` | {AddressOf(move.Name)} | {List(move.By)} | {List(move.During)} "
            + $"| {SummaryOf(command).Replace("|", "\\|", StringComparison.Ordinal)} |\n";
    }

    private static Move? MoveOf(Type command) => command.GetFields()
        .Where(field => field.IsStatic && field.FieldType == typeof(Move))
        .Select(field => (Move?)field.GetValue(null)).SingleOrDefault();

    private static string AddressOf(string move)
    {
        if (Elsewhere.TryGetValue(move, out var where)) return where;
        var (method, path) = ActionPaths.Of(move, Subject);
        return $"`{method} {path.Replace($"{Subject}", "{no}", StringComparison.Ordinal)}`";
    }

    private static string List<T>(ValueList<T> values) where T : struct, Enum =>
        string.Join(", ", values.Select(value => Codes.Of(value)));

    private static string SummaryOf(Type command) => SourceTree.CSharp.Where(file => file.IsOfDomain)
        .SelectMany(file => file.Find<RecordDeclarationSyntax>())
        .Where(type => type.Identifier.Text == command.Name)
        .Select(DomainTests.SummaryOf).First(summary => summary is not null)!;
}

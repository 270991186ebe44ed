using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.Party;
using Entente.Server.Web.Shared;

namespace Entente.Server.Web.Staff;

/// <summary>A part of the desk's queue; part of its address.</summary>
public enum QueuePart { Mine, Unassigned, Others, Closed }

/// <summary>A dispute in the queue.</summary>
/// <param name="Examiner">The name of who is in charge; null for nobody.</param>
public sealed record QueueRow(
    DisputeId Id, Stage Stage, Reason Reason, RemedyKind Remedy, Money? Sought,
    Role? Awaited, TermKind? Task, Instant? Due, Instant Since, string? Examiner)
{
    public static QueueRow Of(DisputeRow row, IReadOnlyDictionary<string, string> names) => new(
        row.Id, row.Stage, row.Reason, row.Remedy,
        row.Sought is > 0 and { } minor ? new Money(minor, row.Currency) : null,
        row.Responsible, row.Awaited, row.Due, row.ClosedAt ?? row.OpenedAt,
        row.Examiner is { } examiner ? names.GetValueOrDefault(examiner.Value) : null);
}

/// <summary>The desk's queue: by risk of a missed due time, and by nothing about the people.</summary>
public static class Queue
{
    public static string AddressOf(QueuePart part, string? after = null) => $"/desk?show={Codes.Of(part)}{On(after)}";

    /// <summary>Where a search through all parts goes on.</summary>
    public static string AddressOf(string query, string? after = null) =>
        $"/desk?q={Uri.EscapeDataString(query)}{On(after)}";

    private static string On(string? after) => after is null ? "" : $"&after={Uri.EscapeDataString(after)}";

    public static void MapQueue(this IEndpointRouteBuilder desk) => desk.MapGet("",
        (HttpContext context, DisputeQueries queries, People people, string? show, string? after) =>
            Show(context, queries, people, show, after, FormState.Empty));

    /// <summary>Whom this reader may put in charge: an operator anybody who examines, an examiner themselves.</summary>
    public static async Task<IReadOnlyList<Choice>> Examiners(HttpContext context, People people)
    {
        var caller = context.Caller();
        var all = await people.Staff(caller.Marketplace, Role.Examiner, context.RequestAborted);
        return [.. all.Where(person => caller.IsOperator || person.Id == caller.Person)
            .Select(person => new Choice(person.Id.Value, person.Name))];
    }

    /// <param name="state">What came of giving several disputes at once.</param>
    public static async Task<IResult> Show(
        HttpContext context, DisputeQueries queries, People people, string? show, string? after, FormState state)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var mine = caller.IsExaminer ? caller.Person : null;
        var counts = await queries.CountsOfDesk(caller.Marketplace, mine, stop);
        var part = Codes.TryParse<QueuePart>(show, out var asked) ? asked
            : counts.WaitsForMe == 0 && counts.Unassigned > 0 ? QueuePart.Unassigned
            : QueuePart.Mine;
        var query = ListAddress.Words(context.Request.Query["q"].ToString().Trim());
        var page = query.Length > 0
            ? await queries.OfDesk(
                caller.Marketplace, mine, new() { Query = query, Sight = caller.SightAs(null) }, after, stop: stop)
            : part == QueuePart.Unassigned
                ? await queries.Unassigned(caller.Marketplace, after, stop: stop)
                : await queries.OfDesk(caller.Marketplace, mine, new(ListOf(part)), after, stop: stop);
        var names = await people.NamesOf(
            caller.Marketplace, page.Rows.Select(row => row.Examiner?.Value).OfType<string>(), stop);
        return Page.With<QueuePage>(
            state.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("State", state), ("Examiners", await Examiners(context, people)), ("Part", part), ("Counts", Of(counts)),
            ("Rows", page.Rows.Select(row => QueueRow.Of(row, names)).ToList()),
            ("Query", query), ("After", after), ("Next", page.Next));
    }

    private static ListPart ListOf(QueuePart part) => part switch
    {
        QueuePart.Mine => ListPart.WaitsForMe,
        QueuePart.Unassigned => ListPart.All,
        QueuePart.Others => ListPart.WaitsForOthers,
        QueuePart.Closed => ListPart.Closed,
    };

    private static Dictionary<QueuePart, int> Of(ListCounts counts) => new()
    {
        [QueuePart.Mine] = counts.WaitsForMe,
        [QueuePart.Unassigned] = counts.Unassigned,
        [QueuePart.Others] = counts.WaitsForOthers,
        [QueuePart.Closed] = counts.Closed,
    };
}

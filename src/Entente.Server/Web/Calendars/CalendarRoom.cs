using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Desk;

namespace Entente.Server.Web.Calendars;

/// <summary>Due times in everybody's own calendar: the page that gives the
/// secret address, and the feed under it.</summary>
public static class CalendarRoom
{
    private const string Path = "/calendar";

    public static IServiceCollection AddCalendars(this IServiceCollection services) =>
        services.AddSingleton<CalendarFeeds>().AddSingleton<CalendarWriter>();

    public static void MapCalendars(this WebApplication app)
    {
        var mine = app.MapGroup(Path)
            .OnlyFor(Role.Buyer, Role.Seller, Role.Examiner, Role.Operator).ExcludeFromDescription();
        mine.MapGet("", Show);
        mine.MapPost("", Make);
        mine.MapPost("/revocation", Revoke);
        app.MapGet($"{Path}/{{secret}}.ics", Feed).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Show(HttpContext context, CalendarFeeds feeds) =>
        context.Caller().Person is { } person
            ? Page.Show<CalendarPage>(("Since", await feeds.Since(person, context.RequestAborted)))
            : TypedResults.NotFound();

    /// <summary>The address is shown on the answer itself and never again.</summary>
    private static async Task<IResult> Make(HttpContext context, CalendarFeeds feeds, Settings settings)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        if (caller.Person is not { } person) return TypedResults.NotFound();
        var secret = await feeds.Make(caller.Marketplace, person, stop);
        return Page.Show<CalendarPage>(
            ("Since", await feeds.Since(person, stop)),
            ("Feed", new Uri(settings.BaseAddress, $"{Path}/{secret}.ics").AbsoluteUri));
    }

    private static async Task<IResult> Revoke(HttpContext context, CalendarFeeds feeds)
    {
        if (context.Caller().Person is not { } person) return TypedResults.NotFound();
        await feeds.Revoke(person, context.RequestAborted);
        return Page.Done(Path, "calendar_revoked");
    }

    /// <summary>Rights are read at each request: who left a party reads nothing of it any more.</summary>
    private static async Task<IResult> Feed(
        string secret, HttpContext context, CalendarFeeds feeds, Callers callers, CalendarWriter writer, Visit visit)
    {
        var stop = context.RequestAborted;
        if (await feeds.Find(secret, stop) is not var (marketplace, person)
            || await callers.Person(marketplace, person, stop) is not { } caller)
            return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "private, max-age=300";
        return TypedResults.Text(await writer.Write(caller, visit.Now, stop), "text/calendar");
    }
}

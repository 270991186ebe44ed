using System.Globalization;
using Entente.Server.Desk;
using Entente.Server.Storage;
using NodaTime.Text;

namespace Entente.Server.Web.Admin;

/// <summary>The page on which an operator records that the centre was out of order.</summary>
internal static class OutageEndpoints
{
    private static readonly LocalDateTimePattern Typed =
        LocalDateTimePattern.Create("uuuu'-'MM'-'dd'T'HH':'mm", CultureInfo.InvariantCulture);

    public static void MapOutages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/outages", Show);
        admin.MapPost("/outages", Record);
    }

    private static async Task<IResult> Show(HttpContext context, Outages outages) =>
        Page.Show<OutagesPage>(("All", await outages.All(context.Caller().Marketplace, context.RequestAborted)));

    private static async Task<IResult> Record(HttpContext context, Outages outages, Visit visit)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var form = await context.Request.ReadFormAsync(stop);
        var (from, until) = (Read(form["from"], caller), Read(form["until"], caller));
        if (Fault(from, until, visit) is { } fault)
            return Page.Refused<OutagesPage>(
                ("All", await outages.All(caller.Marketplace, stop)),
                ("State", FormState.Of(form, new FormError(fault.Field, visit.Speaker.Say(fault.Key)))));
        await outages.Record(caller.Marketplace, from!.Value, until!.Value, caller.Principal, stop);
        return Page.Done(AdminRoom.OutagesPath, "outage_recorded");
    }

    private static (string Field, string Key)? Fault(Instant? from, Instant? until, Visit visit) =>
        from is null ? ("from", "outage.no_time")
        : until is null ? ("until", "outage.no_time")
        : until <= from ? ("until", "outage.ends_before")
        : until > visit.Now ? ("until", "outage.in_future")
        : null;

    /// <summary>As the browser's field gives it, in the reader's own zone.</summary>
    private static Instant? Read(string? text, Caller caller) =>
        Typed.Parse(text ?? "").TryGetValue(default, out var time)
            ? Micros.Floor(time.InZoneLeniently(caller.Zone).ToInstant())
            : null;
}

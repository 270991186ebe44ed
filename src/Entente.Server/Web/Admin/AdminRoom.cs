using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Couriers;
using Entente.Server.Desk;
using Entente.Server.Payments;

namespace Entente.Server.Web.Admin;

/// <summary>What the operator looks after: the mails that left, and what got stuck on its way.</summary>
public static class AdminRoom
{
    public const string Path = "/admin";
    public const string MailsPath = "/admin/mails";
    public const string OutagesPath = "/admin/outages";
    public const string SimulationPath = "/admin/rules/simulation";
    public const string MeasuresPath = "/admin/measures";
    private const int MailsAtOnce = 50;

    public static void MapAdmin(this WebApplication app)
    {
        var admin = app.MapGroup(Path).OnlyFor(Role.Operator).ExcludeFromDescription();
        admin.MapGet("", ShowHealth);
        admin.MapPost("/parcels/retry", RetryParcel);
        admin.MapPost("/clock/retry", RetryDispute);
        admin.MapGet("/mails", ShowMails);
        admin.MapGet("/measures", ShowMeasures);
        admin.MapSimulation();
        admin.MapOutages();
        admin.MapGet("/mails/{mail}", ShowMail);
        admin.MapPeople();
        admin.MapKeys();
        admin.MapPrivacy();
    }

    private static async Task<IResult> ShowHealth(
        HttpContext context, Parcels parcels, DeadlineLeases leases, Cashier cashier)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var (count, since) = await parcels.Waiting(stop);
        return Page.Show<HealthPage>(
            ("Waiting", count), ("Since", since), ("IsMoneyLocked", cashier.IsLocked),
            ("NextDue", await leases.Next(stop)),
            ("Held", await parcels.Held(caller.Marketplace, stop)),
            ("Stuck", await leases.Stuck(caller.Marketplace, stop)));
    }

    private static async Task<IResult> RetryParcel(HttpContext context, Parcels parcels, Outbox outbox)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var order = new OrderId(form["order"].ToString());
        if (!await parcels.Retry(context.Caller().Marketplace, order, form["parcel"].ToString(),
            context.RequestAborted))
            return Results.NotFound();
        outbox.Wake();
        return Page.Done(Path, "tried_again");
    }

    private static async Task<IResult> RetryDispute(HttpContext context, DeadlineLeases leases, DeadlineClock clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!DisputeId.TryParse(form["dispute"], out var dispute)
            || !await leases.Retry(context.Caller().Marketplace, dispute, context.RequestAborted))
            return Results.NotFound();
        clock.Wake();
        return Page.Done(Path, "tried_again");
    }

    private static async Task<IResult> ShowMeasures(
        HttpContext context, Restrictions restrictions, Antecedents antecedents, People people)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var all = await restrictions.All(caller.Marketplace, antecedents.Now, stop);
        var names = await people.NamesOf(caller.Marketplace, all.Select(kept => kept.Party.Value), stop);
        return Page.Show<MeasuresInForcePage>(("All", all), ("Names", names));
    }

    private static async Task<IResult> ShowMails(HttpContext context, MailShelf shelf, People people, int? page)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var at = Math.Clamp(page ?? 1, 1, 10_000);
        var mails = await shelf.Newest(caller.Marketplace, MailsAtOnce, (at - 1) * MailsAtOnce, stop);
        var names = await people.NamesOf(caller.Marketplace, mails.Select(mail => mail.Person.Value), stop);
        var hasMore = await shelf.Count(caller.Marketplace, stop) > at * MailsAtOnce;
        return Page.Show<MailsPage>(
            ("Mails", mails), ("Names", names),
            ("Previous", at > 1 ? $"{MailsPath}?page={at - 1}" : null),
            ("Next", hasMore ? $"{MailsPath}?page={at + 1}" : null));
    }

    private static async Task<IResult> ShowMail(string mail, HttpContext context, MailShelf shelf, People people)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        if (await shelf.Find(caller.Marketplace, mail, stop) is not { } found) return Results.NotFound();
        var names = await people.NamesOf(caller.Marketplace, [found.Person.Value], stop);
        return Page.Show<MailPage>(("Mail", found), ("Name", names.GetValueOrDefault(found.Person.Value)));
    }
}

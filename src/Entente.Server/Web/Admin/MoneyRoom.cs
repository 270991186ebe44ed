using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Payments;

namespace Entente.Server.Web.Admin;

/// <summary>The operator's money: what nobody knows, what failed, what is too much, and the forms that settle
/// it.</summary>
public static class MoneyRoom
{
    public const string Path = "/admin/money";
    private const int MessagesAtOnce = 30;

    public static void MapMoney(this WebApplication app)
    {
        var money = app.MapGroup(Path).OnlyFor(Role.Operator).ExcludeFromDescription();
        money.MapGet("", Show);
        money.MapPost("/tasks/settled", Settle);
        money.MapGet("/refunds/{key}", ShowOne);
        money.MapPost("/refunds/{key}/again", Again);
        money.MapPost("/refunds/{key}/statements", StateIt);
        money.MapPost("/statements/approval", Approve);
    }

    private static async Task<IResult> Show(HttpContext context, MoneyLists lists, Testimonies testimonies,
        Inbox inbox, People people, Cashier cashier)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        var waiting = await testimonies.Waiting(caller.Marketplace, stop);
        return Page.Show<MoneyPage>(
            ("Tasks", await lists.Tasks(caller.Marketplace, stop)),
            ("Refunds", await lists.Unsettled(caller.Marketplace, stop)),
            ("Waiting", waiting),
            ("Names", await people.NamesOf(caller.Marketplace, waiting.Select(statement => statement.StatedBy), stop)),
            ("Me", caller.Principal),
            ("IsLocked", cashier.IsLocked),
            ("Chargebacks", await lists.Chargebacks(caller.Marketplace, stop)),
            ("Messages", await inbox.Newest(caller.Marketplace, MessagesAtOnce, null, stop)));
    }

    private static async Task<IResult> Settle(HttpContext context, MoneyLists lists)
    {
        var (caller, form) = (context.Caller(), await context.Request.ReadFormAsync(context.RequestAborted));
        var order = new OrderId(form["order"].ToString());
        return await lists.Settle(
            caller.Marketplace, order, form["task"].ToString(), caller.Principal, form["note"].ToString(),
                context.RequestAborted)
            ? Page.Done(Path, "money_settled")
            : Results.NotFound();
    }

    private static Task<IResult> ShowOne(HttpContext context, MoneyLists lists, string key) =>
        ShowRefund(context, lists, key, FormState.Empty, StatusCodes.Status200OK);

    private static async Task<IResult> ShowRefund(
        HttpContext context, MoneyLists lists, string key, FormState state, int status)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        if (await lists.Refund(caller.Marketplace, key, stop) is not { } refund) return Results.NotFound();
        var journal = await lists.Journal(refund.Dispute.Order, stop);
        var names = await context.RequestServices.GetRequiredService<People>().NamesOf(
            caller.Marketplace, journal.Select(posting => posting.Cause[(posting.Cause.IndexOf(':') + 1)..]), stop);
        return Page.With<RefundPage>(
            status, ("Refund", refund), ("Journal", journal), ("Names", names), ("State", state));
    }

    private static async Task<IResult> Again(HttpContext context, MoneyLists lists, RefundCourier courier, string key)
    {
        if (!await lists.LookAgain(context.Caller().Marketplace, key,
            context.RequestAborted)) return Results.NotFound();
        courier.Wake();
        return Page.Done($"{Path}/refunds/{key}", "money_asked");
    }

    private static async Task<IResult> StateIt(
        HttpContext context, MoneyLists lists, Testimonies testimonies, AuditJournal audit, string key)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        if (await lists.Refund(caller.Marketplace, key, stop) is not { } refund) return Results.NotFound();
        var form = await context.Request.ReadFormAsync(stop);
        var speaker = context.Speaker();
        if (!Codes.TryParse<Says>(form["says"].ToString(), out var says))
            return await Wrong(new FormError("says", speaker.Say("money.choose")));
        var line = refund.Line;
        var outcome = await testimonies.Make(caller.Marketplace, new(
            refund.Dispute, NewId.Make(), line.Obligation, line.Payment, line.Part, says,
                form["reference"].ToString().Trim(),
            form["reason"].ToString().Trim(), caller.Principal, default), stop);
        if (outcome != TestimonyOutcome.Done)
            return await Wrong(new FormError(
                outcome == TestimonyOutcome.NotNow ? "says" : "reason",
                    speaker.Say($"money.wrong_{Codes.Of(outcome)}")));
        await audit.Note(caller.Marketplace, context.RemoteAddress(), caller.Principal, "money_stated", key);
        return Page.Done(Path, "money_stated");

        Task<IResult> Wrong(FormError error) => ShowRefund(
            context, lists, key, FormState.Of(form, error), StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Approve(
        HttpContext context, Testimonies testimonies, RefundCourier courier, AuditJournal audit)
    {
        var (caller, form) = (context.Caller(), await context.Request.ReadFormAsync(context.RequestAborted));
        var (order, id) = (new OrderId(form["order"].ToString()), form["statement"].ToString());
        var outcome = await testimonies.Approve(caller.Marketplace, order, id, caller.Principal,
            context.RequestAborted);
        if (outcome == TestimonyOutcome.NotFound) return Results.NotFound();
        if (outcome == TestimonyOutcome.Done)
        {
            await audit.Note(caller.Marketplace, context.RemoteAddress(), caller.Principal, "money_approved", id);
            courier.Wake();
        }
        return Page.Done(Path, outcome == TestimonyOutcome.Done ? "money_approved" : "money_not_approved");
    }
}

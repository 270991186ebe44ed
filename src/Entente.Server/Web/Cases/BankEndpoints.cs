using System.Globalization;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Party;
using Entente.Server.Web.Staff;
using Microsoft.AspNetCore.Components;

namespace Entente.Server.Web.Cases;

/// <summary>The forms about the buyer's bank, the same for a party and at the desk.</summary>
public static class BankEndpoints
{
    public static void MapBank(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/disputes/{id}/chargebacks/new", ShowChargeback);
        pages.MapPost("/disputes/{id}/chargebacks", Record);
        pages.MapGet("/disputes/{id}/bank-notices/new", (HttpContext context, CaseFiles cases, string id) =>
            Show<BankNoticePage>(context, cases, id, "inform_bank"));
        pages.MapPost("/disputes/{id}/bank-notices", Inform);
    }

    private static async Task<IResult> ShowChargeback(HttpContext context, CaseFiles cases, string id, string? about)
    {
        if (await Open(context, cases, id) is not { } file) return TypedResults.NotFound();
        if (!file.View.May("record_chargeback")) return Answers.NotNow(file);
        var known = About(file, about);
        var state = known is null
            ? FormState.Empty
            : FormState.Of(
                ("amount", Amounts.Print(known.Amount, context.Speaker().Language)),
                ("reference", known.Reference?.Value));
        return Page.Show<ChargebackPage>(("File", file), ("About", known), ("State", state));
    }

    private static async Task<IResult> Record(HttpContext context, CaseFiles cases, string id)
    {
        if (await Open(context, cases, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        var about = About(file, typed["chargeback"]);
        var (command, wrong) = Read(typed, file, about);
        if (command is null)
            return Page.Refused<ChargebackPage>(("File", file), ("About", about), ("State", typed.Wrong(wrong!)));
        return await Asked<ChargebackPage>(context, cases, file, command, typed, "chargeback_recorded", ("About",
            about));
    }

    private static async Task<IResult> Inform(HttpContext context, CaseFiles cases, string id)
    {
        if (await Open(context, cases, id) is not { } file) return TypedResults.NotFound();
        var typed = await context.Typed();
        if (!TryDay(typed["sent"], file, out var sent))
            return Page.Refused<BankNoticePage>(
                ("File", file), ("State", typed.Wrong(new FormError("sent",
                    typed.Speaker.Say("bank.day_unreadable")))));
        var about = file.View.Chargebacks.Count == 1 ? file.View.Chargebacks[0].Id : null;
        return await Asked<BankNoticePage>(
            context, cases, file, new InformBank(about, sent, typed.Text("note")), typed, "bank_informed");
    }

    private static async Task<IResult> Show<TPage>(HttpContext context, CaseFiles cases, string id, string move)
        where TPage : IComponent
    {
        if (await Open(context, cases, id) is not { } file) return TypedResults.NotFound();
        return file.View.May(move) ? Page.Show<TPage>(("File", file)) : Answers.NotNow(file);
    }

    private static async Task<IResult> Asked<TPage>(
        HttpContext context, CaseFiles cases, CaseFile file, DisputeCommand command, Typed typed, string done,
        params (string, object?)[] more) where TPage : IComponent
    {
        var reply = await cases.Ask(typed.Caller, file, command, typed.Key, typed.Seen, context.RequestAborted);
        return await Answers.Of(reply, file, $"{file.Address}#bank", done, async refusal =>
        {
            var fresh = await Open(context, cases, file.View.Id.ToString()) ?? file;
            if (!fresh.View.May(command.Move.Name)) return Answers.NotNow(fresh);
            return refusal is null
                ? Page.With<TPage>(StatusCodes.Status412PreconditionFailed,
                    [("File", fresh), .. more, ("State", typed.Wrong()), ("Since", typed.Seen)])
                : Page.Refused<TPage>([("File", fresh), .. more, ("State", typed.Refused(refusal))]);
        });
    }

    private static (RecordChargeback? Command, FormError? Wrong) Read(Typed typed, CaseFile file, ChargebackView? about)
    {
        var phase = ChargebackPhase.Opened;
        if (about is not null && !Codes.TryParse(typed["phase"], out phase))
            return (null, new("phase", typed.Speaker.Say("bank.choose")));
        if (!Amounts.TryParse(typed["amount"], file.View.Order.Currency, typed.Speaker.Language, out var amount))
            return (null, new("amount", typed.Speaker.Say("bank.amount_unreadable")));
        // Until the end of the day that the bank named.
        var due = StaffForms.EndOf(typed["due"], file.Policy.Calendar.Zone);
        if (due is null && typed["due"].Length > 0)
            return (null, new("due", typed.Speaker.Say("bank.day_unreadable")));
        var reference = Typed.Plain(typed["reference"]) is { Length: > 0 } text ? new Writer(typed.Caller).Mark(text)
            : null;
        return (new(about?.Id ?? NewId.Make(), phase, amount.Minor, typed["final"] == "yes", null, due, reference,
            typed.Text("note")), null);
    }

    /// <summary>The start of a day that was typed, in the zone of the rules; none typed is none.</summary>
    private static bool TryDay(string typed, CaseFile file, out Instant? day)
    {
        day = null;
        if (typed.Length == 0) return true;
        if (!DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var date))
            return false;
        var zone = DateTimeZoneProviders.Tzdb[file.Policy.Calendar.Zone];
        day = zone.AtStartOfDay(LocalDate.FromDateOnly(date)).ToInstant();
        return true;
    }

    private static ChargebackView? About(CaseFile file, string? id) =>
        file.View.Chargebacks.FirstOrDefault(chargeback => chargeback.Id == id);

    /// <summary>A party's own dispute on a party's page, the platform's on the desk's.</summary>
    private static async Task<CaseFile?> Open(HttpContext context, CaseFiles cases, string id)
    {
        var atDesk = context.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal);
        var file = await cases.Open(context.Caller(), id, context.RequestAborted);
        return file is not null && file.Me.IsStaff() == atDesk ? file : null;
    }
}

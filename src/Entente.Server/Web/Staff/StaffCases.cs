using System.Globalization;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Shared;

namespace Entente.Server.Web.Staff;

/// <summary>Brings disputes to the desk, with what lies beside them there.</summary>
public sealed class StaffCases(CaseFiles cases, People people, DisputeQueries queries)
{
    /// <summary>The dispute for somebody who reads it for the platform; null for everybody else.</summary>
    public async Task<StaffCase?> Open(HttpContext context, string id)
    {
        var (caller, stop) = (context.Caller(), context.RequestAborted);
        if (await cases.Open(caller, id, stop) is not { } file || !file.Me.IsStaff()) return null;
        var examiner = file.View.Examiner is { } person ? await people.FindPerson(person, stop) : null;
        return new(file, file.Policy, examiner?.Name, await Colleagues(caller, file, stop),
            await OfSameOrder(file, stop));
    }

    /// <summary>The command that puts somebody in charge, with what the register says of them.</summary>
    public async Task<Assign> Assign(HttpContext context, StaffCase of, PersonId examiner) => new(
        examiner,
        await people.ActsForEither(
            context.Caller().Marketplace, examiner, of.File.View.Buyer, of.File.View.Seller, context.RequestAborted));

    /// <summary>Whether the reader is a member of either side, as the register says.</summary>
    public async Task<bool> IsPartyOf(HttpContext context, StaffCase of) => context.Caller().Person is { } person
        && await people.ActsForEither(
            context.Caller().Marketplace, person, of.File.View.Buyer, of.File.View.Seller, context.RequestAborted);

    private async Task<IReadOnlyList<Choice>> Colleagues(Caller caller, CaseFile file, CancellationToken stop)
    {
        if (!caller.IsOperator || !file.View.May("assign")) return [];
        var examiners = await people.Staff(caller.Marketplace, Role.Examiner, stop);
        return [.. examiners.Select(examiner => new Choice(examiner.Id.Value, examiner.Name))];
    }

    private async Task<IReadOnlyList<(DisputeId Id, Stage Stage)>> OfSameOrder(CaseFile file, CancellationToken stop) =>
        [.. (await queries.OfOrder(file.View.Id.Order, stop)).Where(other => other.Id != file.View.Id)];
}

/// <summary>A form of the desk, read: who sends it, the command key, what its reader had seen.</summary>
public static class StaffForms
{
    /// <summary>The instant at which a day that was typed is over, in the
    /// policy's zone; null where it is no day.</summary>
    public static Instant? EndOf(string day, string zone)
    {
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return null;
        var known = DateTimeZoneProviders.Tzdb[zone];
        return known.AtStartOfDay(LocalDate.FromDateOnly(date).PlusDays(1)).ToInstant();
    }

    /// <summary>A short form of the desk once more: refused, or filled in on an older version.</summary>
    public static (FormState State, int? Since, int Status) Again(Party.Typed typed, Refusal? refusal) =>
        refusal is null
        ? (typed.Wrong(), typed.Seen, StatusCodes.Status412PreconditionFailed)
        : (typed.Refused(refusal), null, StatusCodes.Status422UnprocessableEntity);
}

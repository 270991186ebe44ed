using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Words;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Entente.Server.Web.Calendars;

/// <summary>
/// Writes what waits for a person as a calendar: what is to be done, until when, and a link. Nothing of a dispute's
/// content, for a calendar lies on many machines.
/// </summary>
public sealed class CalendarWriter(DisputeQueries queries, WordBook words, Settings settings)
{
    private const int DisputesMax = 200;

    public async Task<string> Write(Caller caller, Instant now, CancellationToken stop)
    {
        var speaker = words.For(caller.Language, caller.Zone, now);
        var calendar = new Calendar { ProductId = "-//Entente//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", speaker.Say("calendar.name", ("marketplace", caller.MarketplaceName)));
        foreach (var row in await Waiting(caller, stop)) calendar.Events.Add(Event(row, caller, speaker));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    /// <summary>Who acts for a party reads what waits for that party; an examiner what they have taken.</summary>
    private async Task<IReadOnlyList<DisputeRow>> Waiting(Caller caller, CancellationToken stop)
    {
        var filter = new ListFilter(ListPart.WaitsForMe);
        var rows = new List<DisputeRow>();
        foreach (var side in (Role[])[Role.Buyer, Role.Seller])
            if (caller.PartiesAs(side).ToList() is { Count: > 0 } parties)
                rows.AddRange((await queries.OfParty(
                    caller.Marketplace, side, parties, filter, count: DisputesMax, stop: stop)).Rows);
        if (caller.IsStaff)
            rows.AddRange((await queries.OfDesk(
                caller.Marketplace, caller.IsOperator ? null : caller.Person, filter, count: DisputesMax, stop: stop))
                .Rows);
        return rows;
    }

    private CalendarEvent Event(DisputeRow row, Caller caller, Speaker speaker)
    {
        var due = row.Due!.Value.ToDateTimeUtc();
        var isParty = caller.RoleOn(row.Buyer, row.Seller, row.Examiner) is Role.Buyer or Role.Seller;
        var link = new Uri(settings.BaseAddress, $"{(isParty ? "" : "/desk")}/disputes/{row.Id}");
        return new()
        {
            Uid = $"{row.Id}.{row.Due.Value.ToUnixTimeSeconds()}@{settings.BaseAddress.IdnHost}",
            DtStamp = new CalDateTime(row.OpenedAt.ToDateTimeUtc()),
            Start = new CalDateTime(due),
            Summary = speaker.Say("calendar.summary",
                ("task", row.Awaited ?? TermKind.Answer), ("reference", row.Id.Reference)),
            Description = link.AbsoluteUri,
            Url = link,
        };
    }
}

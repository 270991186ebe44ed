using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>Finds out who is behind the addressee of a notice: each of these people gets a mail of their own.</summary>
public sealed class NoticeCourier(Database database, People people, Parcels parcels) : Courier
{
    /// <summary>What the door calls notices in the outbox.</summary>
    public const string Notices = "notice";

    public override string Kind => Notices;

    public override async Task Deliver(Parcel parcel, CancellationToken stop)
    {
        var notice = JsonSerializer.Deserialize<Notice>(parcel.Payload, StoredJson.Options)!;
        var addressees = await Addressees(notice, await SidesOf(parcel.Dispute, stop), stop);
        await parcels.Add([.. addressees
            .Where(person => !person.Disabled && person.Email.Length > 0)
            .Select(person => parcel with
            {
                Id = $"{parcel.Id}.{person.Id}", Kind = MailCourier.Mails, Lane = person.Id.Value, Attempts = 0,
            })]);
    }

    private async Task<IReadOnlyList<Person>> Addressees(Notice notice, Sides sides, CancellationToken stop)
    {
        var marketplace = new MarketplaceId(sides.Marketplace);
        if (notice.Person is { } one)
            return await people.FindPerson(one, stop) is { } person && person.Marketplace == marketplace
                ? [person]
                : [];
        return notice.To switch
        {
            Role.Buyer => await people.MembersOf(marketplace, new(sides.Buyer), stop),
            Role.Seller => await people.MembersOf(marketplace, new(sides.Seller), stop),
            Role.Examiner or Role.Operator => await people.Staff(marketplace, notice.To, stop),
            Role.Rule or Role.Provider => [],
        };
    }

    private async Task<Sides> SidesOf(DisputeId id, CancellationToken stop) => await database.One<Sides>(
        "SELECT marketplace, buyer, seller FROM dispute WHERE order_id = @order_id AND suffix = @suffix", stop,
        id.Order.Value, id.Suffix) ?? throw new UndeliverableException($"There is no dispute {id}.");

    private sealed record Sides(string Marketplace, string Buyer, string Seller);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Domain.Audiences;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Couriers;

/// <summary>Writes one person one mail about one notice, and remembers that it left.</summary>
public sealed class MailCourier(
    People people, Marketplaces marketplaces, MailWriter writer, MailPost post, MailShelf shelf) : Courier
{
    /// <summary>A notice for one person; the lane says who.</summary>
    public const string Mails = "mail";
    private const int IdBytes = 16;

    public override string Kind => Mails;

    public override async Task Deliver(Parcel parcel, CancellationToken stop)
    {
        var id = IdOf(parcel);
        if (await shelf.Has(id, stop)) return;
        if (await people.FindPerson(new(parcel.Lane), stop) is not { Disabled: false } person) return;
        var marketplace = await marketplaces.Find(person.Marketplace, stop)
            ?? throw new UndeliverableException($"There is no marketplace {person.Marketplace}.");
        var notice = JsonSerializer.Deserialize<Notice>(parcel.Payload, StoredJson.Options)!;
        var mail = await writer.Write(id, parcel, notice, person, marketplace, stop);
        var file = await post.Send(mail, stop);
        await shelf.Remember(mail, file);
    }

    /// <summary>The same parcel is the same mail, however often it is tried.</summary>
    public static string IdOf(Parcel parcel) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{parcel.Dispute.Order}/{parcel.Id}")).AsSpan(0, IdBytes));
}

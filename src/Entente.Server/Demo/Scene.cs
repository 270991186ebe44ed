using System.Reflection;
using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;

namespace Entente.Server.Demo;

/// <summary>The moment of one act: the dispute as it stands, and whoever acts.</summary>
internal sealed class Scene(DemoCentre centre, Dispute dispute, Caller caller, Policy policy)
{
    private const string Files = "Demo/Files/";
    private readonly Writer _writer = new(caller);

    public Dispute Dispute => dispute;
    public Instant Now => centre.Time.Now;
    public MarketplaceId Marketplace => caller.Marketplace;
    public PersonId Person => caller.Person!.Value;

    /// <summary>Numbers of what both sides may read.</summary>
    public ValueList<int> OpenExhibits => dispute.Exhibits
        .Where(exhibit => exhibit.Audience == Audience.All && !exhibit.Withdrawn).Select(exhibit => exhibit.No)
        .ToValueList();

    public PersonalText Write(string text) => _writer.Write(text);

    public ValueList<PersonalText> Write(InBoth text) =>
        [_writer.Write(text.French, "fr"), _writer.Write(text.English, "en")];

    public async Task<PartyId> PartyOf(DemoPerson person) =>
        (await centre.People.FindParty(Marketplace, person.Role, person.Party!))!.Id;

    /// <summary>Lays a file of the demo into the locker and makes an exhibit of it.</summary>
    public async Task<DisputeCommand> Keep(ExhibitKind kind, string title, string file, string? sealedBecause)
    {
        await using var bytes = Assembly.GetExecutingAssembly().GetManifestResourceStream(Files + file)
            ?? throw new InvalidOperationException($"The demo has no file {file}.");
        var kept = await centre.Locker.Keep(
            new(dispute.Id, bytes, file, null, caller.RoleOn(dispute), Marketplace), policy.Evidence);
        if (kept.Refusal is { } refusal) throw new InvalidOperationException($"{file} was refused: {refusal}.");
        return new AddEvidence(
            kept.Exhibit, kind, Write(title), _writer.Mark(file), _writer.Mark(kept.Digest), kept.MediaType, kept.Bytes,
            sealedBecause is null ? null : Write(sealedBecause));
    }
}

using System.IO.Compression;
using System.Text.Json;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Bundles;
using Entente.Server.Desk;
using Entente.Server.Storage;
using Entente.Server.Words;

namespace Entente.Server.Privacy;

/// <summary>
/// What the centre holds about a party and its people: who they are, what they wrote, the files they showed, and what
/// happened in their disputes. What others wrote is theirs, and is not in it.
/// </summary>
public sealed class AccessExport(
    People people, PartyDisputes disputes, DisputeStore store, PolicyShelf policies, EvidenceLocker locker)
{
    private const int BufferBytes = 81_920;

    public async Task Write(Stream output, Party party, Speaker speaker, CancellationToken stop = default)
    {
        var owners = (await disputes.Owners(party.Id, stop)).ToHashSet();
        var (exported, files) = (new List<ExportedDispute>(), new List<(string Path, EvidenceFile File)>());
        foreach (var id in await disputes.Of(party.Id, stop))
            exported.Add(await Dispute(id, party, owners, speaker, files, stop));
        var members = await people.MembersOf(party.Marketplace, party.Id, stop);
        var data = new ExportedParty(
            Codes.Of(party.Kind), party.ExternalId, party.Name, party.Language,
            [.. members.Select(person => new ExportedPerson(person.Login, person.Name, person.Email, person.Language))],
            exported);
        // A ZIP ends with bytes that are written synchronously, which an answer does not take.
        await using var whole = new FileStream(
            locker.NewTemporary(), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes,
            FileOptions.DeleteOnClose);
        await Pack(whole, data, files, stop);
        whole.Position = 0;
        await whole.CopyToAsync(output, stop);
    }

    private async Task Pack(
        Stream output, ExportedParty data, List<(string Path, EvidenceFile File)> files, CancellationToken stop)
    {
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        await using (var entry = zip.CreateEntry("data.json").Open())
            await JsonSerializer.SerializeAsync(entry, data, Manifest.Json, stop);
        foreach (var (path, file) in files)
        {
            await using var entry = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
            await using var content = await locker.Open(file, stop);
            await content.CopyToAsync(entry, stop);
        }
    }

    private async Task<ExportedDispute> Dispute(
        DisputeId id, Party party, HashSet<string> owners, Speaker speaker, List<(string, EvidenceFile)> files,
        CancellationToken stop)
    {
        var facts = await store.History(id, stop);
        var standing = facts.Aggregate(Domain.Disputes.Dispute.Nothing(id), (folded, fact) => folded.After(fact));
        var viewer = new Viewer(party.Marketplace, party.Kind, party.Id, null);
        var texts = await store.Texts(id, stop);
        var view = DisputeView.For(
            standing, facts, texts, viewer, store.Now(standing), await policies.Find(standing.Opening.Policy, stop))!;
        var entries = facts.Where(fact => viewer.MayRead(fact.Event.Audience)).Zip(view.Timeline, (fact, entry) =>
            new ExportedEntry(
                Micros.Of(entry.At), entry.Type, speaker.Say(entry.Sentence),
                [.. fact.Event.Personal.Where(text => owners.Contains(text.Owner))
                    .Select(text => texts.Show(text).Value).OfType<string>()])).ToList();
        foreach (var added in facts.Select(fact => fact.Event).OfType<EvidenceAdded>())
            if (owners.Contains(added.Digest.Owner) && await locker.Find(id, added.Exhibit, stop) is { } file)
                files.Add(($"files/{id.Reference}/{added.Exhibit}{ExhibitFiles.EndingOf(file.MediaType)}", file));
        return new(id.ToString(), id.Reference, standing.Opening.Order.ExternalId, Codes.Of(standing.Stage), entries);
    }
}

/// <summary>A party's own data.</summary>
public sealed record ExportedParty(
    string Kind, string ExternalId, string Name, string Language, IReadOnlyList<ExportedPerson> People,
    IReadOnlyList<ExportedDispute> Disputes);

/// <summary>Somebody who signs in for it.</summary>
public sealed record ExportedPerson(string Login, string Name, string Email, string Language);

/// <summary>A dispute it was in.</summary>
public sealed record ExportedDispute(
    string Dispute, string Reference, string Order, string Stage, IReadOnlyList<ExportedEntry> Entries);

/// <summary>What happened, and what of it the party's own people wrote.</summary>
public sealed record ExportedEntry(long At, string Type, string Says, IReadOnlyList<string> Written);

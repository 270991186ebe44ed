using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Reputation;
using Entente.Server.Desk;
using Entente.Server.Storage;

namespace Entente.Server.Web.Cases;

/// <summary>Brings disputes to a reader's table, asks the door for them, and
/// rehearses what an act would lead to.</summary>
public sealed class CaseFiles(
    DisputeStore store, DisputeDesk desk, PolicyShelf policies, OrderBook orders, People people)
{
    /// <summary>Null where the dispute does not exist for this caller; what is
    /// not yours and what is not, are one.</summary>
    public async Task<CaseFile?> Open(Caller caller, string id, CancellationToken stop)
    {
        if (!DisputeId.TryParse(id, out var dispute)) return null;
        var (stored, facts, texts) = await store.Whole(dispute, stop);
        if (caller.ViewerOf(stored) is not { } viewer) return null;
        if (stored.NextDue <= store.Now(stored) && await desk.Lapse(dispute, stop) is Reply.Done)
            (stored, facts, texts) = await store.Whole(dispute, stop);
        var policy = await policies.Find(stored.Opening.Policy, stop);
        var view = DisputeView.For(stored, facts, texts, viewer, store.Now(stored), policy);
        return view is null ? null : new(view, await Names(view, stop), policy);
    }

    public Task<Reply> Ask(Caller caller, CaseFile file, DisputeCommand command, string? key, int? seen,
        CancellationToken stop) =>
        desk.Ask(Desk.Ask.Of(caller, file.View.Id, command, key, seen), stop);

    /// <summary>The dispute as this reader would find it after the command, without
    /// asking for it; null where it is refused.</summary>
    public async Task<DisputeView?> Rehearse(
        Caller caller, CaseFile file, DisputeCommand command, CancellationToken stop)
    {
        var stored = (await store.Read(file.View.Id, stop)).Dispute;
        if (caller.ActorOn(stored) is not { } by || await orders.HeadFor(stored, stop) is not { } found) return null;
        var context = new Context(store.Now(stored), by, file.Policy, found.Head);
        var facts = (await store.Whole(file.View.Id, stop)).Facts;
        return After(stored, facts, command, context, file.View.Viewer);
    }

    /// <summary>What a command would add to the asker's own standing, counted
    /// from the facts it would bring about.</summary>
    public async Task<IReadOnlyList<StandingEntry>> StandingChanges(
        Caller caller, CaseFile file, DisputeCommand command, CancellationToken stop)
    {
        var stored = (await store.Read(file.View.Id, stop)).Dispute;
        if (caller.ActorOn(stored) is not { } by || await orders.HeadFor(stored, stop) is not { } found) return [];
        var context = new Context(store.Now(stored), by, file.Policy, found.Head);
        if (command.Judge(stored, context) is not Accepted accepted) return [];
        var facts = await store.History(file.View.Id, stop);
        var (more, _) = Recording.Of(stored, accepted, context, new("rehearsal"));
        return [.. StandingEntries.Of(stored.Id, [.. facts, .. more])
            .Except(StandingEntries.Of(stored.Id, facts)).Where(entry => entry.Side == file.Me)];
    }

    /// <summary>What the facts of a command would make of a dispute, for one reader.</summary>
    public static DisputeView? After(
        Dispute dispute, IReadOnlyList<Fact> facts, DisputeCommand command, Context context, Viewer viewer)
    {
        if (command.Judge(dispute, context) is not Accepted accepted) return null;
        var (more, after) = Recording.Of(dispute, accepted, context, new("rehearsal"));
        return DisputeView.For(
            after, [.. facts, .. more], TextBook.Of(accepted.Texts), viewer, context.Now, context.Policy);
    }

    private Task<IReadOnlyDictionary<string, string>> Names(DisputeView view, CancellationToken stop)
    {
        var persons = view.Viewer.Role.IsStaff()
            ? view.Timeline.Select(entry => entry.Principal).OfType<string>()
            : [];
        return people.NamesOf(view.Viewer.Marketplace, [view.Buyer.Value, view.Seller.Value, .. persons], stop);
    }
}

using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Desk;

namespace Entente.Server.Demo;

/// <summary>Lets stories happen: each act at its moment, and what falls due in between at its own.</summary>
internal sealed class Storyteller(
    DemoCentre centre, MarketplaceId marketplace, IReadOnlyDictionary<DemoPerson, Caller> people, Policy policy,
    Instant now)
{
    public async Task Tell(Story story, CancellationToken stop)
    {
        var order = OrderId.Of(marketplace, story.Order);
        var dispute = Dispute.Nothing(new DisputeId(order, ""));
        foreach (var step in story.Steps)
        {
            var at = step.At(now) < now ? step.At(now) : now - Duration.FromMinutes(1);
            dispute = await Act(step, await Pass(dispute, at, stop), at, stop);
        }
        await Pass(dispute, now, stop);
    }

    private async Task<Dispute> Act(Step step, Dispute dispute, Instant at, CancellationToken stop)
    {
        centre.Time.Now = at;
        var caller = people[step.Who];
        var command = await step.Asks(new Scene(centre, dispute, caller, policy));
        var reply = command is OpenDispute open
            ? await centre.Desk.Open(
                dispute.Id.Order, open, caller.ActorAs(step.Who.Role, caller.PartiesAs(step.Who.Role).First()),
                caller.Principal, stop: stop)
            : await centre.Desk.Ask(Ask.Of(caller, dispute.Id, command), stop);
        return reply is Reply.Done done
            ? done.Dispute
            : throw new InvalidOperationException($"{step.Who.Name} could not {command.Move.Name}: {reply}");
    }

    /// <summary>What falls due until then happens at its own instant, as it would have.</summary>
    private async Task<Dispute> Pass(Dispute dispute, Instant until, CancellationToken stop)
    {
        while (dispute.NextDue is { } due && due <= until)
        {
            centre.Time.Now = due;
            dispute = await centre.Desk.Lapse(dispute.Id, stop) is Reply.Done done && done.Dispute.NextDue != due
                ? done.Dispute
                : throw new InvalidOperationException($"Nothing came of what was due at {due}.");
        }
        return dispute;
    }
}

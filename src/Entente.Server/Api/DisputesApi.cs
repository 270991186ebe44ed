using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Papers;
using Entente.Server.Web;
using Entente.Server.Web.Safety;

namespace Entente.Server.Api;

/// <summary>/v1/disputes: opened, read, and what may be done next.</summary>
public static class DisputesApi
{
    public static void MapDisputes(this IEndpointRouteBuilder api)
    {
        api.MapPost("/disputes", Open)
            .RequireRateLimiting(Limits.Opening)
            .IsCommand("Open a dispute",
                "On behalf of the order's buyer or of one seller of it, about lines and units of that seller. The "
                + "answer names every deadline that follows.");
        var dispute = api.MapGroup("/disputes/{dispute}");
        dispute.MapGet("", Get).IsReading<DisputeResource>(
            "Read a dispute", "Everything the caller may read, and nothing else.");
        dispute.MapGet("/actions", Actions)
            .IsReading<ActionsResource>("Read what may be done now", "With the due time of each.");
        api.MapDisputeList();
        dispute.MapMessages();
        dispute.MapEvidence();
        dispute.MapDocumentsApi();
        dispute.MapExhibitFiles();
        dispute.MapOffers();
        dispute.MapExchange();
        dispute.MapOutside();
        dispute.MapComplaint();
        dispute.MapFulfilment();
        dispute.MapAfterOutcome();
        dispute.MapBreaches();
        dispute.MapBank();
    }

    private static async Task<IResult> Open(DisputeCall call, NewDispute body, OrderBook book, People people)
    {
        if (call.KeyFault() is { } fault) return Problems.Of(call.Http, fault, DisputeCall.KeyHeader);
        var (caller, stop) = (call.Caller, call.Http.RequestAborted);
        if (caller.IsMarketplace)
            return Problems.Of(call.Http, ProblemCode.BehalfNeeded, KeyAuthentication.BehalfHeader);
        var stored = await book.Find(OrderId.Of(caller.Marketplace, body.Order), stop);
        if (stored is null || OrderSight.Of(stored, caller) is null)
            return Problems.Of(call.Http, ProblemCode.NotFound, "order");
        var (order, role) = (stored.Order, RoleOn(stored.Order, caller));
        if (role is not { } side) return Problems.Of(call.Http, new Refusal(RefusalCode.RoleMayNot));
        var seller = await people.FindParty(caller.Marketplace, Role.Seller, body.Seller, stop);
        var buyer = await people.FindParty(caller.Marketplace, order.Buyer, stop);
        var reading = new BodyReading(new(caller), order.Currency);
        var command = new OpenDispute(
            caller.Marketplace,
            seller?.Id ?? new(""), // Nobody: the rules say that they are not on the order.
            body.Items.Select(item => new ClaimItem(item.Line, item.Units, item.Reason)).ToValueList(),
            reading.Text(body.Story, body.Language),
            reading.Remedies(body.Sought, "sought"),
            LanguagesOf(buyer, seller));
        if (reading.Fault is { } wrong) return Problems.Of(call.Http, wrong.Code, wrong.Field);
        if (side == Role.Seller && !caller.PartiesAs(Role.Seller).Contains(command.Seller))
            return Problems.Of(call.Http, ProblemCode.NotFound, "seller");
        var by = caller.ActorAs(side, side == Role.Buyer ? order.Buyer : command.Seller);
        var reply = await call.Desk.Open(order.Id, command, by, caller.Principal, call.Key, stop);
        return await CommandAnswers.Of(call, reply, null);
    }

    private static Role? RoleOn(Order order, Caller caller) =>
        caller.PartiesAs(Role.Buyer).Contains(order.Buyer) ? Role.Buyer
        : order.Lines.Any(line => caller.PartiesAs(Role.Seller).Contains(line.Seller)) ? Role.Seller
        : null;

    /// <summary>A decision will be written in the language of each side.</summary>
    private static ValueList<string> LanguagesOf(params ReadOnlySpan<Party?> sides)
    {
        var languages = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var side in sides)
            if (side is not null) languages.Add(side.Language);
        return languages.ToValueList();
    }

    private static async Task<IResult> Get(DisputeCall call, People people)
    {
        if (await call.View() is not { } view) return Problems.NotFound(call.Http);
        call.Mark(view);
        return TypedResults.Json(
            new DisputeWriting(view, call.Http.Speaker()).Whole(await Named(view.Buyer), await Named(view.Seller)),
            ApiJson.Options);

        async Task<PartyName> Named(PartyId id) =>
            await people.FindParty(call.Caller.Marketplace, id, call.Http.RequestAborted) is { } party
                ? new(party.ExternalId, party.Name)
                : throw new InvalidOperationException($"Party {id} of a dispute is not registered.");
    }

    private static Task<IResult> Actions(DisputeCall call) => call.Read((view, writing) => TypedResults.Json(
        new ActionsResource(view.Version, view.Stage, writing.Actions, writing.Agenda), ApiJson.Options));
}

/// <summary>A dispute to be opened.</summary>
/// <param name="Order">The order's external id.</param>
/// <param name="Seller">The seller's external id.</param>
/// <param name="Items">Lines of that seller, units of them, and what is wrong.</param>
/// <param name="Story">What happened, at most 10,000 characters.</param>
/// <param name="Sought">What the buyer wants; it stands as the first offer, which the seller may accept.</param>
/// <param name="Language">BCP 47; without one the caller's.</param>
public sealed record NewDispute(
    string Order, string Seller, IReadOnlyList<ClaimBody> Items, string Story, IReadOnlyList<RemedyBody> Sought,
    string? Language = null);

/// <summary>Some units of a line, and what is wrong with them.</summary>
public sealed record ClaimBody(int Line, int Units, Reason Reason);

/// <summary>What the caller may do now, and who must do what by when.</summary>
public sealed record ActionsResource(
    int Version, Stage Stage, IReadOnlyList<ActionResource> Actions, IReadOnlyList<TermResource> Agenda);

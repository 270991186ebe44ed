using Entente.Domain;
using Entente.Server.Desk;
using Entente.Server.Web;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Server.Api;

/// <summary>/v1/parties: buyers and sellers as their marketplace calls them,
/// and the people who sign in for them.</summary>
public static class PartiesApi
{
    public static void MapParties(this IEndpointRouteBuilder api)
    {
        api.MapPut("/parties/{kind}/{external_id}", Put)
            .Needs(Scope.PartiesWrite)
            .ForTheMarketplace()
            .Says("Add or change a party",
                "Orders add their parties by themselves; this gives names, languages and people.")
            .Produces<PartyResource>()
            .Refuses();
        api.MapGet("/parties/{kind}/{external_id}/standing", Standing)
            .IsReading<StandingResource>("Read a party's standing",
                "Computed anew from its disputes by the published formula, with the measure that keeps it from opening "
                + "disputes, if one does; for the marketplace and the party itself.");
        api.MapGet("/parties/{kind}/{external_id}", Get)
            .Needs(Scope.PartiesWrite)
            .ForTheMarketplace()
            .Says("Read a party", null)
            .Produces<PartyResource>()
            .Refuses();
    }

    private static async Task<IResult> Standing(
        HttpContext http, string kind, [FromRoute(Name = "external_id")] string externalId, People people,
        Standings standings, Restrictions restrictions, Antecedents antecedents)
    {
        var (caller, stop) = (http.Caller(), http.RequestAborted);
        if (SideOf(kind) is not { } side
            || await people.FindParty(caller.Marketplace, side, Bounds.FromAddress(externalId), stop) is not { } party
            || !caller.IsOperator && !caller.PartiesAs(side).Contains(party.Id))
            return Problems.NotFound(http);
        var kept = await restrictions.On(caller.Marketplace, side, party.Id, antecedents.Now, stop);
        var standing = side == Role.Seller
            ? StandingResource.Of(await standings.OfSeller(party.Id, stop))
            : StandingResource.Of(await standings.OfBuyer(party.Id, stop));
        return TypedResults.Json(standing with { Restriction = RestrictionLine.Of(kept) }, ApiJson.Options);
    }

    private static async Task<IResult> Put(
        HttpContext http, string kind, [FromRoute(Name = "external_id")] string externalId, PartyChange body,
        People people)
    {
        if (SideOf(kind) is not { } side) return Problems.NotFound(http);
        externalId = Bounds.FromAddress(externalId);
        if ((Bounds.Id(externalId, "external_id") ?? body.Fault()) is { } fault)
            return Problems.Of(http, fault.Code, fault.Field);
        var marketplace = http.Caller().Marketplace;
        var party = await people.PartyOf(marketplace, side, externalId, body.Name, body.Language);
        if (body.Status is { } status) await people.SetStatus(marketplace, party, status, http.RequestAborted);
        if (body.People is { } members) await Gather(people, marketplace, side, party, members, body.Language);
        return await Answer(http, people, side, externalId);
    }

    private static async Task<IResult> Get(
        HttpContext http, string kind, [FromRoute(Name = "external_id")] string externalId, People people) =>
        SideOf(kind) is { } side
            ? await Answer(http, people, side, Bounds.FromAddress(externalId))
            : Problems.NotFound(http);

    /// <summary>Whoever is listed acts for the party from now on; whoever is not, no more.</summary>
    private static async Task Gather(
        People people, MarketplaceId marketplace, Role side, PartyId party, IReadOnlyList<PersonBody> members,
        string? language)
    {
        var kept = new HashSet<PersonId>();
        foreach (var member in members)
        {
            var person = await people.AddPerson(
                marketplace, member.Login, member.Name, member.Language ?? language ?? "en", member.Email);
            await people.Join(marketplace, person, side, party);
            kept.Add(person);
        }
        foreach (var gone in (await people.MembersOf(marketplace, party)).Where(person => !kept.Contains(person.Id)))
            await people.Leave(marketplace, gone.Id, side, party);
    }

    private static async Task<IResult> Answer(HttpContext http, People people, Role side, string externalId)
    {
        var marketplace = http.Caller().Marketplace;
        if (await people.FindParty(marketplace, side, externalId, http.RequestAborted) is not { } party)
            return Problems.NotFound(http);
        var members = await people.MembersOf(marketplace, party.Id, http.RequestAborted);
        return TypedResults.Json(
            new PartyResource(party.Kind, party.ExternalId, party.Name, party.Language, party.Status,
                [.. members.Select(person =>
                    new PersonBody(person.Login, person.Name, person.Email, person.Language))]),
            ApiJson.Options);
    }

    private static Role? SideOf(string kind) =>
        Codes.TryParse<Role>(kind, out var role) && role.IsParty() ? role : null;
}

/// <summary>What is to be known of a party; what is left out stays as it is.</summary>
/// <param name="Language">BCP 47: the one the party is written to, and decisions are written in.</param>
/// <param name="People">Everybody who acts for it; others stop doing so. Left out, nobody changes.</param>
public sealed record PartyChange(
    string? Name = null, string? Language = null, PartyStatus? Status = null, IReadOnlyList<PersonBody>? People = null)
{
    internal (ProblemCode Code, string Field)? Fault() =>
        Bounds.Name(Name, "name")
        ?? Bounds.Language(Language, "language")
        ?? Bounds.Count(People?.Count ?? 0, "people")
        ?? Bounds.First(People ?? [], (person, index) => person.Fault($"people[{index}]"));
}

/// <summary>Somebody who signs in for a party.</summary>
public sealed record PersonBody(string Login, string Name, string Email, string? Language = null)
{
    internal (ProblemCode Code, string Field)? Fault(string field) =>
        Bounds.Id(Login, $"{field}.login")
        ?? Bounds.Text(Name, $"{field}.name")
        ?? Bounds.Email(Email, $"{field}.email")
        ?? Bounds.Language(Language, $"{field}.language");
}

/// <summary>A party and the people who sign in for it.</summary>
public sealed record PartyResource(
    Role Kind, string ExternalId, string Name, string Language, PartyStatus Status, IReadOnlyList<PersonBody> People);

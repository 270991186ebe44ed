using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Desk;
using Entente.Server.Papers;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party.Opening;
using Entente.Server.Web.Party.Questions;
using Entente.Server.Web.Party.Standing;

namespace Entente.Server.Web.Party;

/// <summary>The pages of buyers and sellers.</summary>
public static class PartyRoom
{
    public static IServiceCollection AddPartyPages(this IServiceCollection services) => services
        .AddSingleton<CaseFiles>()
        .AddSingleton<ExhibitSights>()
        .AddSingleton<Counterclaims>()
        .AddSingleton<Drafts>()
        .AddSingleton<OpeningCases>();

    public static void MapPartyPages(this WebApplication app)
    {
        var party = app.MapGroup("").OnlyFor(Role.Buyer, Role.Seller).ExcludeFromDescription();
        party.MapList();
        party.MapDispute();
        party.MapEvidence();
        party.MapDocuments();
        party.MapExhibits();
        party.MapActs(Acts.All);
        party.MapActs(ExchangeActs.OfParties);
        party.MapClaim();
        party.MapOffers();
        party.MapClosure();
        party.MapDuties();
        BankEndpoints.MapBank(party);
        party.MapQuestions();
        party.MapStanding();
        party.MapAfterwards();
        app.MapGroup("").OnlyFor(Role.Seller).ExcludeFromDescription().MapSellerClaims();
        app.MapGroup("").OnlyFor(Role.Buyer).ExcludeFromDescription().MapOpening();
    }
}

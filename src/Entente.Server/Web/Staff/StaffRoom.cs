using Entente.Domain;
using Entente.Server.Api;
using Entente.Server.Papers;
using Entente.Server.Web.Cases;
using Entente.Server.Web.Party;

namespace Entente.Server.Web.Staff;

/// <summary>The pages of the platform's people.</summary>
public static class StaffRoom
{
    public static IServiceCollection AddStaffPages(this IServiceCollection services) =>
        services.AddSingleton<StaffCases>();

    public static void MapStaffPages(this WebApplication app)
    {
        var desk = app.MapGroup("/desk").OnlyFor(Role.Examiner, Role.Operator).ExcludeFromDescription();
        desk.MapQueue();
        desk.MapBulkAssignment();
        desk.MapCase();
        desk.MapLive();
        EvidenceEndpoints.MapEvidence(desk);
        desk.MapDocuments();
        desk.MapExhibits();
        desk.MapOriginalAccess();
        desk.MapComposer();
        desk.MapStaffForms();
        desk.MapStaffActs();
        desk.MapStaffAfterwards();
        desk.MapActs(ExchangeActs.OfStaff);
        desk.MapProposal();
        BankEndpoints.MapBank(desk);
    }
}

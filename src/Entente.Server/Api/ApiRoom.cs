using Entente.Server.Desk;
using Entente.Server.Payments;
using Entente.Server.Privacy;
using Entente.Server.Web;

namespace Entente.Server.Api;

/// <summary>Puts the API into the house.</summary>
public static class ApiRoom
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddSingleton<DisputeReader>();
        services.AddApiDocument();
        return services;
    }

    public static void MapApi(this WebApplication app)
    {
        app.Use(ReadAsStream);
        var api = app.MapGroup(Asking.ApiPath);
        api.MapGroup("").WithTags("Orders").MapOrders();
        api.MapGroup("").WithTags("Parties").MapParties();
        api.MapGroup("").WithTags("Personal data").MapPrivacyApi();
        api.MapGroup("").WithTags("Rules").MapPolicies();
        api.MapGroup("").WithTags("Rules").MapTimetable();
        api.MapGroup("").WithTags("Rules").MapPolicyVersions();
        api.MapGroup("").WithTags("Disputes").MapDisputes();
        api.MapStripe();
        app.MapApiPage();
    }

    /// <summary>
    /// A body that is no JSON stops its reader in the middle of the pipe, and the server then closes the connection
    /// instead of sending the answer; read as a stream it is only left unread.
    /// </summary>
    private static Task ReadAsStream(HttpContext context, RequestDelegate next)
    {
        if (context.IsApi()) context.Request.Body = new BufferedStream(context.Request.Body);
        return next(context);
    }
}

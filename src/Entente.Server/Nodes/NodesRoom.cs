namespace Entente.Server.Nodes;

/// <summary>What lets several nodes be one centre, and what a balancer asks of each.</summary>
public static class NodesRoom
{
    public static IServiceCollection AddNodes(this IServiceCollection services) => services
        .AddSingleton<Readiness>()
        .AddHostedService<Draining>()
        .AddHostedService<NodeNews>();

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => "live").AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(Readiness readiness, CancellationToken stop) =>
        await readiness.IsReady(stop)
        ? Results.Text("ready")
        : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);
}

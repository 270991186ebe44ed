using Entente.Server.Desk;

namespace Entente.Server.Couriers;

/// <summary>Puts the couriers and the clock into the house.</summary>
public static class CouriersRoom
{
    public static IServiceCollection AddCouriers(this IServiceCollection services) => services
        .AddSingleton<DeadlineLeases>()
        .AddSingleton<LapseOverdue>(provider => AsTheClockAsks(provider.GetRequiredService<DisputeDesk>()))
        .AddSingleton<DeadlineClock>()
        .AddHostedService(provider => provider.GetRequiredService<DeadlineClock>())
        .AddSingleton<Parcels>()
        .AddSingleton<MailShelf>()
        .AddSingleton<MailWriter>()
        .AddSingleton<MailPost>()
        .AddSingleton<Courier, NoticeCourier>()
        .AddSingleton<Courier, MailCourier>()
        .AddSingleton<Outbox>()
        .AddHostedService(provider => provider.GetRequiredService<Outbox>())
        .AddSingleton<DueReminders>()
        .AddHostedService<ReminderClock>();

    private static LapseOverdue AsTheClockAsks(DisputeDesk desk) => async (dispute, stop) =>
        await desk.Lapse(dispute, stop) switch
        {
            Reply.Done done => done.Dispute.NextDue,
            var trouble => throw new InvalidOperationException($"The door said: {trouble}"),
        };
}

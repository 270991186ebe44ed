namespace Entente.Server.Payments;

/// <summary>Puts the money into the house.</summary>
public static class PaymentsRoom
{
    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<StripeAccounts>()
        .AddSingleton<RefundProvider, StripeProvider>()
        .AddSingleton<ProviderAccess>()
        .AddSingleton<Cashier>()
        .AddSingleton<MoneyDoor>()
        .AddSingleton<TellDispute>(provider => provider.GetRequiredService<MoneyDoor>().Tell)
        .AddSingleton<MoneyLists>()
        .AddSingleton<Testimonies>()
        .AddSingleton<ProviderFacts>()
        .AddSingleton<Inbox>()
        .AddSingleton<StripeFacts>()
        .AddSingleton<InboundClerk>()
        .AddHostedService(provider => provider.GetRequiredService<InboundClerk>())
        .AddSingleton<RefundErrands>()
        .AddSingleton<RefundCourier>()
        .AddHostedService(provider => provider.GetRequiredService<RefundCourier>());
}

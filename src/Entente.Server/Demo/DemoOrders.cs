using Entente.Domain;
using Entente.Server.Desk;
using static Entente.Server.Demo.DemoPeople;

namespace Entente.Server.Demo;

/// <summary>Twelve purchases at the Place des Halles, counted back from today.</summary>
internal static class DemoOrders
{
    public static IReadOnlyList<OrderToImport> Of(Instant now) =>
    [
        Order("PDH-24110", Emma, "EUR", OrderStatus.Shipped, Dates(now, placed: 6, shipped: 5, expected: 1),
            [Line(1, Ines, "Cordless table lamp “Lune”", "LUN-02", 1, 6900, 690)], Card(7590)),
        Order("PDH-24051", Camille, "EUR", OrderStatus.Delivered,
            Dates(now, placed: 8, shipped: 6, expected: 3, delivered: 3),
            [Line(1, Hugo, "Vase en grès émaillé «\u00a0Brume\u00a0»", "VAS-114", 2, 4800, 950)], Card(10550)),
        Order("PDH-23987", Emma, "GBP", OrderStatus.Delivered,
            Dates(now, placed: 16, shipped: 14, expected: 12, delivered: 12),
            [Line(1, Oliver, "Harbour One Bluetooth speaker", "HB-ONE", 1, 11900, 690),
                Line(2, Oliver, "Wall bracket", "HB-BRK", 1, 2400, 0)],
            Card(14990)),
        Order("PDH-23811", Camille, "EUR", OrderStatus.Delivered,
            Dates(now, placed: 14, shipped: 12, expected: 9, delivered: 9),
            [
                Line(1, Ines, "Lampe de bureau «\u00a0Arche\u00a0», laiton", "ARC-01", 1, 8900, 790),
                Line(2, Oliver, "Casque sans fil H2, étui de charge", "HB-H2", 1, 14900, 0),
            ],
            Card(20000), new Payment("pay-23811-2", "gift_card", 4590)),
        Order("PDH-23644", Emma, "EUR", OrderStatus.Shipped, Dates(now, placed: 20, shipped: 18, expected: 12),
            [Line(1, Ines, "Pendant lamp “Halo”, 40 cm", "HAL-40", 1, 21000, 1400)], Card(22400)),
        Order("PDH-23502", Emma, "EUR", OrderStatus.Completed,
            Dates(now, placed: 18, shipped: 15, expected: 11, delivered: 10),
            [Line(1, Hugo, "Hand-thrown bowl, blue glaze", "BOL-06", 6, 1800, 1200)], Card(12000)),
        Order("PDH-23390", Camille, "EUR", OrderStatus.Completed,
            Dates(now, placed: 28, shipped: 25, expected: 21, delivered: 20),
            [Line(1, Oliver, "Platine vinyle Harbour Deck", "HB-DECK", 1, 24900, 1200)], Card(26100)),
        Order("PDH-23275", Camille, "EUR", OrderStatus.Completed,
            Dates(now, placed: 27, shipped: 24, expected: 19, delivered: 19),
            [Line(1, Ines, "Guirlande guinguette, 10 m", "GUI-10", 3, 3990, 590)], Card(10000),
            new Payment("pay-23275-2", "voucher", 2560)),
        Order("PDH-23140", Emma, "JPY", OrderStatus.Completed,
            Dates(now, placed: 44, shipped: 40, expected: 30, delivered: 20),
            [Line(1, Hugo, "Matcha bowl and bamboo whisk", "CHA-03", 1, 4800, 900)], Card(5700)),
        Order("PDH-22987", Camille, "EUR", OrderStatus.Completed,
            Dates(now, placed: 36, shipped: 33, expected: 28, delivered: 28),
            [Line(1, Hugo, "Plat à four, 32 cm, ocre", "PLA-32", 1, 5400, 850)], Card(6250)),
        Order("PDH-22871", Emma, "GBP", OrderStatus.Delivered,
            Dates(now, placed: 19, shipped: 17, expected: 14, delivered: 13),
            [Line(1, Oliver, "Studio USB microphone", "HB-MIC", 1, 7900, 0)], Card(7900)),
        Order("PDH-22744", Camille, "EUR", OrderStatus.Completed,
            Dates(now, placed: 52, shipped: 50, expected: 46, delivered: 45),
            [
                Line(1, Hugo, "Bougeoir en faïence", "BOU-02", 2, 1600, 0),
                Line(2, Ines, "Abat-jour plissé, 30 cm", "ABA-30", 1, 3400, 490),
                Line(3, Oliver, "Câble audio torsadé, 2 m", "HB-CAB", 1, 2900, 390),
            ],
            Card(5000), new Payment("pay-22744-2", "card", 4380), new Payment("pay-22744-3", "voucher", 1000)),
    ];

    private static OrderToImport Order(
        string id, DemoPerson buyer, string currency, OrderStatus status, OrderDates dates,
        ValueList<LineToImport> lines,
        params ReadOnlySpan<Payment> payments)
    {
        var list = new List<Payment>();
        foreach (var payment in payments)
            list.Add(payment.Id.Length > 0 ? payment : payment with { Id = $"pay-{id[4..]}-1" });
        return new(id, Party(buyer), currency, status, dates, lines, list.ToValueList());
    }

    private static PartyToImport Party(DemoPerson person) => new(person.Party!, person.PartyName, person.Language);

    private static LineToImport Line(
        int no, DemoPerson seller, string title, string sku, int units, long price, long freight) =>
        new(no, Party(seller), title, sku, units, price, freight);

    private static Payment Card(long captured) => new("", "card", captured);

    private static OrderDates Dates(Instant now, int placed, int shipped, int expected, int? delivered = null) => new(
        Ago(now, placed, 18), Ago(now, placed, 18), Ago(now, shipped, 9),
        delivered is { } days ? Ago(now, days, 11) : null, Ago(now, expected, 12));

    private static Instant Ago(Instant now, int days, int hour) => Moment.Day(days, $"{hour:00}:10")(now);
}

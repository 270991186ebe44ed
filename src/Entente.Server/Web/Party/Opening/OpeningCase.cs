using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;

namespace Entente.Server.Web.Party.Opening;

/// <summary>A dispute about to be opened: the order's part of one seller, its rules, and the answers so far.</summary>
public sealed record OpeningCase(
    Order Order, PartyId Seller, string SellerName, OrderHead Head, Policy Policy, OpeningDraft Draft)
{
    public string Address => AddressOf(Order.Id, Seller);

    public ValueList<OrderLine> Lines => Order.LinesOf(Seller).ToValueList();

    public static string AddressOf(OrderId order, PartyId seller) => $"/disputes/new/{order}/{seller}";

    public string At(OpeningStep step) => $"{Address}/{Codes.Of(step)}";

    public OrderLine Line(int no) => Lines.First(line => line.No == no);

    /// <summary>How many units of a line can still be claimed.</summary>
    public int Free(OrderLine line) =>
        line.Units - Head.Held.Where(units => units.Line == line.No).Sum(units => units.Count);

    public IReadOnlyList<RemedyPart> Parts => RemedyTyped.Parts(
        Draft.Items.Select(item => new ClaimItem(item.Line, item.Units, item.Reason ?? Reason.Other)),
        Lines, Order.Currency, Draft.ByArticle);

    /// <summary>The most that the rules reimburse of costs beside the price; null where they reimburse none.</summary>
    public Money? CostsAtMost => Costs.Limit(
        Policy.For(Draft.Items.FirstOrDefault()?.Reason ?? Reason.Other, RemedyKind.Reimbursement), Order.Currency);

    /// <summary>The most that can come back for what is claimed.</summary>
    public Money Cap => new(Math.Min(Parts.Sum(part => part.Value.Minor), Head.Returnable), Order.Currency);
}

using System.Globalization;
using System.Security.Cryptography;
using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Server.Desk;
using Entente.Server.Web.Cases;
using Microsoft.Extensions.Primitives;

namespace Entente.Server.Web.Party.Opening;

/// <summary>Lays out what a buyer needs to open a dispute: the purchase, the rules, the answers so far.</summary>
public sealed class OpeningCases(
    OrderBook orders, PolicyShelf policies, People people, Drafts drafts, Antecedents antecedents)
{
    private const int DisputeIdBytes = 10;
    private const int PurchasesMax = 200;

    /// <summary>A buyer's purchases, by seller, the newest first; those that match the words.</summary>
    public async Task<IReadOnlyList<Purchase>> Purchases(Caller caller, string query, CancellationToken stop)
    {
        var kept = await drafts.Keys(caller, "open/", stop);
        var found = new List<Order>();
        foreach (var buyer in caller.PartiesAs(Role.Buyer))
            found.AddRange((await orders.OfBuyer(buyer, PurchasesMax, stop)).Select(stored => stored.Order));
        var names = await people.NamesOf(
            caller.Marketplace, found.SelectMany(order => order.Lines).Select(line => line.Seller.Value), stop);
        return [.. from order in found
                   from part in order.Lines.GroupBy(line => line.Seller)
                   let lines = part.ToList()
                   where query.Length == 0 || Matches(order, lines, query)
                   select new Purchase(
                       OpeningCase.AddressOf(order.Id, part.Key) + "/items", lines[0].Title, lines.Count - 1,
                       names.GetValueOrDefault(part.Key.Value, ""), order.ExternalId, order.Dates.Placed,
                       new(lines.Sum(line => line.Value(line.Units)), order.Currency),
                       kept.Contains(KeyOf(order.Id, part.Key)))];
    }

    /// <summary>Null where the order is not this caller's purchase from that seller.</summary>
    public async Task<OpeningCase?> Find(Caller caller, string order, string seller, CancellationToken stop)
    {
        var (id, from) = (new OrderId(order), new PartyId(seller));
        if (await orders.Find(id, stop) is not { } stored || !IsTheirs(caller, stored)
            || !stored.Order.LinesOf(from).Any()) return null;
        if (await policies.Current(caller.Marketplace, stop) is not { } policy) return null;
        if (await orders.HeadFor(Dispute.Nothing(NewIdOf(id)), stop) is not { } found) return null;
        var names = await people.NamesOf(caller.Marketplace, [seller], stop);
        var draft = await drafts.Find<OpeningDraft>(caller, KeyOf(id, from), stop) ?? OpeningDraft.Empty;
        var head = await antecedents.Of(found.Head, caller.Marketplace, Role.Buyer, stored.Order.Buyer, stop);
        return new(head.Order, from, names.GetValueOrDefault(seller, ""), head, policy, draft);
    }

    public Task Keep(Caller caller, OpeningCase opening, OpeningDraft draft, CancellationToken stop) =>
        drafts.Keep(caller, KeyOf(opening.Order.Id, opening.Seller), draft, stop);

    public Task Drop(Caller caller, OpeningCase opening, CancellationToken stop) =>
        drafts.Drop(caller, KeyOf(opening.Order.Id, opening.Seller), stop);

    /// <summary>The command that the answers make, and what of the remedy could not be read.</summary>
    public static (OpenDispute Command, IReadOnlyList<int> PartOf, Refusal? Wrong) Command(
        Caller caller, OpeningCase opening, ValueList<string> languages, string language)
    {
        var remedy = opening.Draft.Remedy;
        var (sought, partOf, wrong) = RemedyTyped.Read(
            field => new StringValues(remedy.GetValueOrDefault(field)), opening.Parts, language, "sought");
        var story = new Writer(caller).Write(opening.Draft.Story, language);
        var command = new OpenDispute(
            caller.Marketplace, opening.Seller, opening.Draft.Claim, story, sought, languages);
        return (command, partOf, wrong.Count > 0 ? wrong[0] : null);
    }

    /// <summary>Both sides' languages: a decision will be written in each.</summary>
    public async Task<ValueList<string>> Languages(Caller caller, OpeningCase opening, CancellationToken stop)
    {
        var seller = await people.FindParty(caller.Marketplace, opening.Seller, stop);
        var buyer = await people.FindParty(caller.Marketplace, opening.Order.Buyer, stop);
        return new[] { buyer?.Language ?? caller.Language, seller?.Language ?? caller.Language }.Distinct()
            .ToValueList();
    }

    /// <summary>The dispute as it would stand, or why it cannot be opened like this.</summary>
    public (DisputeView? Ahead, Refusal? Refusal) Rehearse(Caller caller, OpeningCase opening, OpenDispute command)
    {
        var context = new Context(
            antecedents.Now, caller.ActorAs(Role.Buyer, opening.Order.Buyer), opening.Policy, opening.Head);
        var nothing = Dispute.Nothing(NewIdOf(opening.Order.Id));
        if (command.Judge(nothing, context) is Refused refused) return (null, refused.Refusal);
        var viewer = Viewer.Buyer(caller.Marketplace, opening.Order.Buyer, caller.Person);
        return (CaseFiles.After(nothing, [], command, context, viewer), null);
    }

    private static string KeyOf(OrderId order, PartyId seller) => $"open/{order}/{seller}";

    private static DisputeId NewIdOf(OrderId order) =>
        DisputeId.Of(order, RandomNumberGenerator.GetBytes(DisputeIdBytes));

    private static bool IsTheirs(Caller caller, StoredOrder stored) =>
        stored.Marketplace == caller.Marketplace && caller.PartiesAs(Role.Buyer).Contains(stored.Order.Buyer);

    private static bool Matches(Order order, List<OrderLine> lines, string query) =>
        order.ExternalId.Contains(query, StringComparison.OrdinalIgnoreCase) || lines.Any(line =>
            CultureInfo.InvariantCulture.CompareInfo.IndexOf(
                line.Title, query, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0);
}

using Entente.Domain;

namespace Entente.Server.Web.Party.Opening;

/// <summary>One seller's part of an order, as the first question lists it.</summary>
/// <param name="What">The title of its first line.</param>
/// <param name="More">How many lines beside that.</param>
public sealed record Purchase(
    string Href, string What, int More, string Seller, string Order, Instant Placed, Money Total, bool HasDraft);

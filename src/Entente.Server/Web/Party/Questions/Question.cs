using Entente.Domain;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party.Questions;

/// <summary>One question people ask during a dispute, answered from this dispute's own facts for this reader.</summary>
/// <param name="Anchor">Its address on the page; also the name of its words.</param>
/// <param name="Says">The answer, sentence by sentence.</param>
/// <param name="Ways">What the reader may do about it now.</param>
public sealed record Question(string Anchor, IReadOnlyList<Sentence> Says, IReadOnlyList<Way> Ways)
{
    public static readonly ValueList<string> Anchors =
    [
        "not_satisfied", "reopen", "how_long", "contact", "refunded", "not_closing", "standing", "breach", "bank",
    ];
}

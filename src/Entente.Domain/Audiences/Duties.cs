using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>Lists obligations with what was last said about their performance.</summary>
internal static class Duties
{
    public static ValueList<ObligationView> Of(
        Dispute seen, IReadOnlyList<Fact> read, TextBook texts, Phrases phrases)
    {
        var performed = read.Select(fact => fact.Event).OfType<ObligationPerformed>().ToLookup(done => done.Obligation);
        return seen.Obligations
            .Select(standing => One(standing, performed[standing.Obligation.No].LastOrDefault(), seen, texts, phrases))
            .ToValueList();
    }

    private static ObligationView One(
        ObligationStanding standing, ObligationPerformed? done, Dispute seen, TextBook texts, Phrases phrases)
    {
        var owed = standing.Obligation;
        return new(
            owed.No, owed.Outcome, owed.Kind, owed.Debtor, owed.Creditor, phrases.Amount(owed.Amount), owed.Items,
            owed.DependsOn, standing.State, standing.Held, standing.Verified,
            seen.Terms.FirstOrDefault(term => IsAbout(term, owed.No))?.Due,
            texts.ShowIfAny(done?.Reference),
            seen.Exhibits.Any(exhibit => exhibit.Id == done?.Proof) ? done?.Proof : null,
            phrases.Obligation(owed));
    }

    private static bool IsAbout(Term term, int no) =>
        term.Kind is TermKind.Performance or TermKind.Confirmation or TermKind.Ruling && term.Subject == no;
}

namespace Entente.Domain.Disputes;

/// <summary>
/// What a new decision about the same items still makes somebody do: what was done under the outcomes it takes the
/// place of counts, and is neither asked for nor paid a second time.
/// </summary>
internal static class Netting
{
    /// <summary>
    /// What was done, or is said to be done, under outcomes that stand no more; what has left, or may have, too.
    /// </summary>
    public static ValueList<ObligationStanding> Done(Dispute dispute, Context context) =>
        Done(dispute, dispute.Outcomes.Where(outcome => !outcome.Stands), context);

    public static ValueList<ObligationStanding> Done(Dispute dispute, IEnumerable<Outcome> under, Context context)
    {
        var numbers = under.Select(outcome => outcome.No).ToHashSet();
        return dispute.Obligations.Where(standing => numbers.Contains(standing.Obligation.Outcome)
            && (IsDone(standing) || context.Head.Till.HasLeft(standing.Obligation.No))).ToValueList();
    }

    /// <summary>Whether nothing more is owed of it although nobody said that it was done.</summary>
    public static bool IsGivenUp(ObligationStanding standing) =>
        standing.State is ObligationState.Cancelled or ObligationState.Defaulted;

    /// <summary>What has left, or may have, for obligations that fell away; in minor units.</summary>
    public static long Gone(Dispute dispute, Context context) =>
        dispute.Obligations.Where(IsGivenUp).Sum(standing => context.Head.Till.Left(standing.Obligation.No));

    /// <summary>
    /// The most a decision may grant: what is left, and what was given or promised under what it replaces.
    /// </summary>
    public static Money Cap(Dispute dispute, Context context, IEnumerable<ObligationStanding> counted) => new(
        Settling.Left(dispute, context)
            + counted.Sum(standing => standing.CountsAsPromised ? standing.Obligation.Amount ?? 0
                : IsGivenUp(standing) ? context.Head.Till.Left(standing.Obligation.No) : 0),
        dispute.Currency);

    /// <summary>The obligations of an outcome, numbered after those the dispute has, less what was done.</summary>
    public static ValueList<Obligation> Owed(
        ValueList<RemedyLine> lines, int outcome, Course course, ValueList<ObligationStanding> done)
    {
        var dispute = course.Dispute;
        var wanted = Obligations.Of(lines, outcome, dispute);
        if (done.Count == 0) return wanted;
        var (paid, costs) = (Paid(done, course.Context), Reimbursed(done));
        var (owed, replacedBy) = (new List<Obligation>(), new Dictionary<int, int?>());
        foreach (var obligation in wanted)
        {
            if (Made(obligation, wanted, done) is { } made) replacedBy[obligation.No] = StillOpen(made);
            else if ((obligation.Kind == ObligationKind.Reimburse ? Less(obligation, ref costs)
                : Less(obligation, ref paid)) is { } rest) owed.Add(rest);
            else replacedBy[obligation.No] = null;
        }
        return Renumbered(owed, replacedBy, dispute.Obligations.Count);
    }

    private static bool IsDone(ObligationStanding standing) => standing.State
        is ObligationState.Performed or ObligationState.Confirmed or ObligationState.Unanswered
        or ObligationState.Contested or ObligationState.Doubted;

    private static long Paid(ValueList<ObligationStanding> done, Context context) =>
        done.Where(standing => standing.Obligation is { IsPayment: true, Kind: not ObligationKind.Reimburse })
            .Sum(standing => IsGivenUp(standing)
            ? context.Head.Till.Left(standing.Obligation.No) : standing.Obligation.Amount ?? 0);

    /// <summary>Costs beside the price count against nothing but such costs.</summary>
    private static long Reimbursed(ValueList<ObligationStanding> done) => done
        .Where(standing => standing.Obligation.Kind == ObligationKind.Reimburse && !IsGivenUp(standing))
        .Sum(standing => standing.Obligation.Amount ?? 0);

    /// <summary>
    /// The same step made before for the same units; a label is not wanted either once the goods went back.
    /// </summary>
    private static ObligationStanding? Made(
        Obligation obligation, ValueList<Obligation> wanted, ValueList<ObligationStanding> done)
    {
        if (obligation.IsPayment) return null;
        return done.FirstOrDefault(standing =>
                standing.Obligation.Kind == obligation.Kind && standing.Obligation.Items == obligation.Items)
            ?? (obligation.Kind == ObligationKind.ReturnLabel
                && wanted.FirstOrDefault(next => next.DependsOn.Contains(obligation.No)) is { } back
                    ? Made(back, wanted, done)
                    : null);
    }

    /// <summary>What others go on waiting for; null once it is confirmed or will never be answered.</summary>
    private static int? StillOpen(ObligationStanding made) =>
        made.State is ObligationState.Confirmed or ObligationState.Unanswered ? null : made.Obligation.No;

    private static Obligation? Less(Obligation obligation, ref long paid)
    {
        if (!obligation.IsPayment || obligation.Amount is not { } amount) return obligation;
        var part = Math.Min(paid, amount);
        paid -= part;
        return part == amount ? null : obligation with { Amount = amount - part };
    }

    private static ValueList<Obligation> Renumbered(
        List<Obligation> owed, Dictionary<int, int?> replacedBy, int last)
    {
        var numbers = owed.Select((obligation, index) => (obligation.No, New: last + index + 1))
            .ToDictionary(pair => pair.No, pair => pair.New);
        return owed.Select(obligation => obligation with
        {
            No = numbers[obligation.No],
            DependsOn = obligation.DependsOn
                .Select(no => numbers.TryGetValue(no, out var renumbered) ? renumbered : replacedBy[no])
                .OfType<int>()
                .ToValueList(),
        }).ToValueList();
    }
}

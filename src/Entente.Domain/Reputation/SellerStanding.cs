namespace Entente.Domain.Reputation;

/// <summary>
/// A seller's standing: points out of a hundred from published inputs, each with the dispute behind it. Disputes that
/// were only opened, settled, withdrawn or dismissed do not count at all.
/// </summary>
/// <param name="Orders">How many orders the seller has.</param>
public sealed record SellerStanding(int Orders, ValueList<StandingEntry> Entries)
{
    private const int ForFewClaims = 40;
    private const int ForAnswers = 30;
    private const int ForDuties = 30;
    private const int AFaultCosts = 5;

    public int Claims => Count(StandingInput.ClaimUpheld);
    public int Breaches => Count(StandingInput.Breach);
    public int Abuses => Count(StandingInput.AbuseFound);

    /// <summary>Orders with an upheld claim or a breach.</summary>
    public int OrdersAtFault => Entries
        .Where(entry => entry.Input is StandingInput.ClaimUpheld or StandingInput.Breach)
        .Select(entry => entry.Dispute.Order).Distinct().Count();

    /// <summary>Per thousand orders.</summary>
    public int AtFaultPermille => Orders == 0 ? 0 : Math.Min(1000, OrdersAtFault * 1000 / Orders);

    /// <summary>First answers in time, per thousand; a thousand while there was none to give.</summary>
    public int AnswersPermille => Share(Count(StandingInput.AnsweredInTime), Count(StandingInput.AnswerMissed));

    /// <summary>Obligations honoured, per thousand; a thousand while there was none.</summary>
    public int DutiesPermille =>
        Share(Count(StandingInput.Honoured), Count(StandingInput.NotHonoured) + Count(StandingInput.Breach));

    /// <summary>
    /// 40 for few upheld claims (none left at one order in ten), 30 for answers in time, 30 for obligations honoured,
    /// less 5 for each breach and each finding of abuse; never below 0.
    /// </summary>
    public int Points => Math.Max(0,
        ForFewClaims * (1000 - Math.Min(1000, 10 * AtFaultPermille)) / 1000
        + ForAnswers * AnswersPermille / 1000
        + ForDuties * DutiesPermille / 1000
        - AFaultCosts * (Breaches + Abuses));

    public int Count(StandingInput input) => Entries.Count(entry => entry.Input == input);

    private static int Share(int good, int bad) => good + bad == 0 ? 1000 : good * 1000 / (good + bad);
}

namespace Entente.Domain.Disputes;

/// <summary>What banks and providers say of the dispute's money, folded.</summary>
public sealed partial record Dispute
{
    public ValueList<Chargeback> Chargebacks { get; init; } = [];
    public ValueList<BankDischarge> Discharges { get; init; } = [];

    /// <summary>Terms that stand still while the bank has the money; they go on with the time they had left.</summary>
    public ValueList<Term> PausedTerms { get; init; } = [];
    public Instant? PausedAt { get; init; }
    public bool PauseIsUsed { get; init; }

    /// <summary>The last time that the bank was told how it ended.</summary>
    public Instant? BankInformedAt { get; init; }

    public bool IsPaused => PausedAt is not null;

    /// <summary>The bank's last word on at least one procedure.</summary>
    public bool BankHasDecided => Chargebacks.Any(chargeback => chargeback.IsDecided);

    /// <summary>After the dispute was closed on the bank's word, the bank took
    /// the money back: a ground for reopening.</summary>
    public bool BankHasReversed => ClosedAt is { } closed && Chargebacks.Any(chargeback =>
        chargeback.Phase is ChargebackPhase.Reversed or ChargebackPhase.ForSeller && chargeback.At >= closed);

    /// <summary>What the bank gave back for good beyond what it fulfilled of
    /// obligations: nobody gives that again.</summary>
    public long PaidByBankAlone => Math.Max(0, Chargebacks
        .Where(chargeback => chargeback is { Final: true, Phase: ChargebackPhase.ForBuyer })
        .Sum(chargeback => chargeback.Amount)
        - Discharges.Sum(discharge => discharge.Amount));

    public Chargeback? Chargeback(string id) => Chargebacks.FirstOrDefault(chargeback => chargeback.Id == id);

    private Dispute? Banked(DisputeEvent happened, Fact fact) => happened switch
    {
        ChargebackRecorded recorded => After(recorded, fact),
        ObligationsDischarged discharged => After(discharged),
        DischargeUndone undone => Undone(undone.Chargeback),
        PauseEnded => this with { PausedAt = null, PausedTerms = [] },
        BankInformed informed => this with { BankInformedAt = informed.SentAt },
        RefundFailed failed => After(failed),
        _ => null,
    };

    private Dispute After(ChargebackRecorded told, Fact fact)
    {
        var stands = new Chargeback(
            told.Chargeback, told.Amount, told.Phase, told.Final, told.Payment, told.BankDue, fact.By.Role, fact.At);
        var pauses = told.Starts.Any(term => term is { Kind: TermKind.BankPause, Subject: null });
        var next = this with
        {
            Chargebacks = Chargeback(told.Chargeback) is null
                ? Chargebacks.Add(stands)
                : Chargebacks.Change(chargeback => chargeback.Id == told.Chargeback, _ => stands),
        };
        return pauses
            ? next with
            {
                PausedAt = fact.At, PauseIsUsed = true,
                PausedTerms = Terms.Where(term => told.Ends.Contains(term.Id)).ToValueList(),
            }
            : next;
    }

    private Dispute After(ObligationsDischarged told) => this with
    {
        Discharges =
        [
            .. Discharges,
            .. told.Discharged.Select(part => new BankDischarge(told.Chargeback, part.Obligation, part.Amount)),
        ],
        Obligations = Obligations.Select(standing =>
        {
            var paid = told.Discharged.Where(part => part.Obligation == standing.Obligation.No)
                .Sum(part => part.Amount);
            var next = standing with { Discharged = standing.Discharged + paid };
            return paid > 0 && next.Undischarged == 0 ? next with { State = ObligationState.Discharged } : next;
        }).ToValueList(),
    };

    /// <summary>In a closed dispute nothing is owed any more until it is reopened.</summary>
    private Dispute Undone(string chargeback)
    {
        var undone = Discharges.Where(of => of.Chargeback == chargeback).ToList();
        return this with
        {
            Discharges = Discharges.Where(of => of.Chargeback != chargeback).ToValueList(),
            Obligations = Obligations.Select(standing =>
            {
                var back = undone.Where(of => of.Obligation == standing.Obligation.No).Sum(of => of.Amount);
                var next = standing with { Discharged = standing.Discharged - back };
                return back > 0 && standing.State == ObligationState.Discharged
                    ? next with { State = IsOpen ? ObligationState.Open : ObligationState.Cancelled }
                    : next;
            }).ToValueList(),
        };
    }

    /// <summary>What had been said to be done is owed again; who confirmed it could not know.</summary>
    private Dispute After(RefundFailed failed) => this with
    {
        Obligations = Obligations.Change(
            standing => standing.Obligation.No == failed.Obligation && standing.State
                is ObligationState.Performed or ObligationState.Confirmed or ObligationState.Unanswered,
            standing => standing with { State = ObligationState.Open, Verified = false }),
    };

    /// <summary>Whatever the bank has in hand is held back from what is still
    /// owed, the earliest obligation first.</summary>
    private Dispute FrozenByBank()
    {
        if (Chargebacks.Count == 0) return this;
        var left = Chargebacks.Where(chargeback => chargeback.Freezes).Sum(chargeback => chargeback.Amount);
        return this with
        {
            Obligations = Obligations.Select(standing =>
            {
                var frozen = standing.MayBeDischarged ? Math.Min(left, standing.Undischarged) : 0;
                left -= frozen;
                return standing.Frozen == frozen ? standing : standing with { Frozen = frozen };
            }).ToValueList(),
        };
    }
}

/// <summary>How much of an obligation one procedure of the bank fulfilled.</summary>
public sealed record BankDischarge(string Chargeback, int Obligation, long Amount);

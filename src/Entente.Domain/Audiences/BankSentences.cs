using Entente.Domain.Disputes;

namespace Entente.Domain.Audiences;

/// <summary>What banks and providers did, as sentences.</summary>
internal static class BankSentences
{
    public static Sentence Of(DisputeEvent happened, Fact fact, Phrases phrases) => happened switch
    {
        ChargebackRecorded recorded => Sentences.Say(recorded,
            // It is the buyer's bank, whoever of the platform's people reads what they recorded.
            ("who", phrases.Reader.Of(fact.By.Role)),
            ("phase", recorded.Phase),
            ("amount", phrases.Amount(recorded.Amount)),
            ("final", Phrases.YesNo(recorded.Final)),
            ("dated", Phrases.YesNo(recorded.BankDue is not null)),
            ("due", recorded.BankDue)),
        ObligationsDischarged discharged => Sentences.Say(discharged,
            ("amount", phrases.Amount(discharged.Discharged.Sum(part => part.Amount))),
            ("obligations", phrases.Obligations(discharged.Discharged.Select(part => part.Obligation)))),
        DischargeUndone undone => Sentences.Say(undone),
        PauseEnded ended => Sentences.Say(ended),
        BankInformed informed => Sentences.Say(informed,
            ("who", phrases.Reader.Of(fact.By)), ("sent", informed.SentAt)),
        RefundFailed failed => Sentences.Say(failed,
            ("obligation", phrases.Obligation(failed.Obligation)), ("amount", phrases.Amount(failed.Amount))),
        _ => throw Sentences.Unspoken(happened),
    };
}

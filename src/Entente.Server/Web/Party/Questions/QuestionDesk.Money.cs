using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;
using Entente.Domain.Policies;
using Entente.Server.Web.Cases;

namespace Entente.Server.Web.Party.Questions;

// What was refunded, what closing changes, what is owed, and the bank.
public sealed partial class QuestionDesk
{
    private IEnumerable<ObligationView> Payments =>
        View.Obligations.Where(duty => duty.Kind is ObligationKind.Refund or ObligationKind.Compensation);

    private Question Refunded() =>
        Of("refunded", Refunds(), "confirm_performance", "contest_performance", "close", "perform");

    private IEnumerable<Sentence> Refunds()
    {
        if (View.Money.Refunded.Minor > 0) yield return Tell("refunded.done", ("amount", View.Money.Refunded));
        foreach (var duty in Payments.Where(duty => duty.State != ObligationState.Confirmed))
            yield return Tell("refunded.duty", ("duty", duty.Sentence), ("state", duty.State), ("due", duty.Due),
                ("dated", IsDated(duty) ? "yes" : "no"));
        if (!Payments.Any()) yield return Tell("refunded.none");
        if (View.IsOpen)
            yield return Tell(View.May("close") ? "refunded.close" : "refunded.not_you", ("opener", Name(View.Opener)));
        else yield return Tell("refunded.closed", ("at", ClosedAt));
    }

    private Question NotClosing() => Of("not_closing", IfNotClosed(), "close");

    private IEnumerable<Sentence> IfNotClosed()
    {
        if (!View.IsOpen)
        {
            yield return Tell("not_closing.closed", ("at", ClosedAt));
            yield break;
        }
        yield return Tell("not_closing.pending", ("stage", View.Stage));
        if (View.Agenda.Head is { } head)
        {
            yield return head.Task;
            yield return head.Otherwise;
        }
        yield return View.Agenda.Lines.FirstOrDefault(line => line.Term.Kind == TermKind.Closing) is { } closing
            ? Tell("not_closing.lapses", ("due", closing.Due))
            : Tell("not_closing.within", ("within", _rules.Closing.Within));
        yield return View.Money.ToCome.Minor > 0
            ? Tell("not_closing.refund_goes_on", ("amount", View.Money.ToCome))
            : Tell("not_closing.refund");
    }

    private Question Standing() => new("standing", [.. Reputation()], []);

    /// <summary>Counted from the dispute's own facts: nothing is promised that the formula does not keep.</summary>
    private IEnumerable<Sentence> Reputation()
    {
        if (standing.Count == 0) yield return Tell("standing.nothing", ("me", file.Me));
        foreach (var entries in standing.GroupBy(entry => entry.Input))
            yield return Tell("standing.entry", ("input", entries.Key), ("n", entries.Count()));
        yield return Tell(View.IsOpen ? "standing.closing" : "standing.closed", ("me", file.Me));
        yield return Tell("standing.formula", ("me", file.Me));
    }

    private Question Breach() => Of("breach", Broken(), "report_breach", "contest_performance", "perform");

    private IEnumerable<Sentence> Broken()
    {
        var owed = View.Obligations.Where(duty => duty.Creditor == file.Me && !IsOver(duty.State)).ToList();
        if (View.Obligations.Count == 0) yield return Tell("breach.nothing_owed");
        else if (owed.Count == 0) yield return Tell("breach.all_done");
        foreach (var duty in owed)
            yield return Tell("breach.owed", ("duty", duty.Sentence), ("state", duty.State), ("due", duty.Due),
                ("dated", IsDated(duty) ? "yes" : "no"));
        if (View.IsOpen)
            yield return Tell("breach.open", ("ruling", _rules.Fulfilment.Ruling),
                ("window", _rules.Fulfilment.BreachWindow));
        else
        {
            var until = Calendar.Due(ClosedAt, _rules.Fulfilment.BreachWindow);
            yield return Tell(until > now ? "breach.until" : "breach.over", ("until", until));
        }
        yield return Tell("breach.then",
            ("answer", _rules.Breach.AnswerWithin), ("decision", _rules.Breach.DecisionWithin));
        if (_rules.Breach.Measures.Count > 0)
            yield return Tell("breach.measures", ("measures", _rules.Breach.Measures));
    }

    /// <summary>Once something is said to be done, the time that runs is another one's.</summary>
    private static bool IsDated(ObligationView duty) => duty is { State: ObligationState.Open, Due: not null };

    private static bool IsOver(ObligationState state) =>
        state is ObligationState.Confirmed or ObligationState.Cancelled or ObligationState.Unanswered
            or ObligationState.Discharged;

    private Question Bank()
    {
        var question = Of("bank", AtTheBank(), "close");
        return question with { Ways = [.. ToTheBank(), .. question.Ways] };
    }

    private IEnumerable<Way> ToTheBank()
    {
        if (View.Chargebacks.Count == 0 && View.May("record_chargeback"))
            yield return new("bank.record_own", $"{file.Address}/chargebacks/new", "second");
        if (View.Chargebacks.Count > 0 && View.May("inform_bank"))
            yield return new("bank.inform", $"{file.Address}/bank-notices/new", "second");
    }

    private IEnumerable<Sentence> AtTheBank()
    {
        if (View.Chargebacks.Count == 0) yield return Tell("bank.none_known");
        foreach (var said in View.Chargebacks.SelectMany(Said)) yield return said;
        yield return PolicyText.About(_rules, RuleKeys.ChargebackMode);
        yield return View switch
        {
            { IsOpen: false } => Tell("bank.closed", ("at", ClosedAt)),
            { Chargebacks.Count: 0 } => Tell("bank.go_on"),
            _ => Tell(View.Chargebacks.Any(chargeback => chargeback.Freezes) ? "bank.beside" : "bank.over"),
        };
        yield return View.BankInformedAt is { } informed
            ? Sentence.Of("bank.informed", ("at", informed))
            : Tell("bank.inform", ("reference", View.Reference), ("decided", View.Outcomes.Count > 0 ? "yes" : "no"));
    }

    /// <summary>What the bank said last of one procedure, as the dispute's page says it.</summary>
    private static IEnumerable<Sentence> Said(ChargebackView chargeback)
    {
        yield return Sentence.Of($"bank.says_{Codes.Of(chargeback.Phase)}",
            ("amount", chargeback.Amount), ("final", chargeback.Final ? "yes" : "no"));
        if (chargeback.Freezes) yield return Sentence.Of("bank.frozen", ("amount", chargeback.Amount));
        if (chargeback is { Freezes: true, BankDue: { } due }) yield return Sentence.Of("bank.due", ("due", due));
        if (chargeback.Reference?.Value is { } reference)
            yield return Sentence.Of("bank.reference", ("reference", reference));
    }
}

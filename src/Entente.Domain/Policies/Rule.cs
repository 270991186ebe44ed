using static Entente.Domain.Policies.RuleKeys;

namespace Entente.Domain.Policies;

/// <summary>
/// One rule by name: what kind of value it has, where it stands in <see cref="Rules"/>, how it is replaced.
/// </summary>
/// <param name="Type">A span, a list of spans, a number, a yes or no, or one of an enum's choices.</param>
/// <param name="MayBeNone">"None" is an answer: no window, no waiting time.</param>
/// <param name="Value">The rule's value; null only where it may be none.</param>
/// <param name="Put">The same rules with this one replaced.</param>
public sealed record Rule(
    string Key, Type Type, bool MayBeNone, Func<Rules, object?> Value, Func<Rules, object?, Rules> Put)
{
    private static readonly Chapter<OpeningRule> Opening =
        new(rules => rules.Opening, (rules, it) => rules with { Opening = it });
    private static readonly Chapter<AnswerRule> Answer =
        new(rules => rules.Answer, (rules, it) => rules with { Answer = it });
    private static readonly Chapter<NegotiationRule> Negotiation =
        new(rules => rules.Negotiation, (rules, it) => rules with { Negotiation = it });
    private static readonly Chapter<ReviewRule> Review =
        new(rules => rules.Review, (rules, it) => rules with { Review = it });
    private static readonly Chapter<AppealRule> Appeal =
        new(rules => rules.Appeal, (rules, it) => rules with { Appeal = it });
    private static readonly Chapter<FulfilmentRule> Fulfilment =
        new(rules => rules.Fulfilment, (rules, it) => rules with { Fulfilment = it });
    private static readonly Chapter<ClosingRule> Closing =
        new(rules => rules.Closing, (rules, it) => rules with { Closing = it });
    private static readonly Chapter<ReopeningRule> Reopening =
        new(rules => rules.Reopening, (rules, it) => rules with { Reopening = it });

    /// <summary>Every rule, in the order in which a policy is written and read.</summary>
    public static ValueList<Rule> All { get; } =
    [
        Opening.Rule(OpeningFrom, it => it.From, (it, value) => it with { From = value }),
        Opening.OrNone(OpeningNotBefore, it => it.NotBefore, (it, value) => it with { NotBefore = value }),
        Opening.Rule(OpeningWithin, it => it.Within, (it, value) => it with { Within = value }),

        Answer.Rule(AnswerWithin, it => it.Within, (it, value) => it with { Within = value }),
        Answer.Rule(RuleKeys.AnswerSilence, it => it.Silence, (it, value) => it with { Silence = value }),

        Negotiation.Rule(NegotiationLength, it => it.Length, (it, value) => it with { Length = value }),
        Negotiation.Rule(
            NegotiationComplaintAfter, it => it.ComplaintAfter, (it, value) => it with { ComplaintAfter = value }),
        Negotiation.Rule(
            NegotiationComplaintAtOnceAfterRefusal,
            it => it.ComplaintAtOnceAfterRefusal,
            (it, value) => it with { ComplaintAtOnceAfterRefusal = value }),
        Negotiation.Rule(
            NegotiationOfferValidity, it => it.OfferValidity, (it, value) => it with { OfferValidity = value }),
        Negotiation.Rule(RuleKeys.NegotiationSilence, it => it.Silence, (it, value) => it with { Silence = value }),

        Review.Rule(ReviewEvidence, it => it.Evidence, (it, value) => it with { Evidence = value }),
        Review.Rule(ReviewDecisionWithin, it => it.DecisionWithin, (it, value) => it with { DecisionWithin = value }),
        Review.Rule(ReviewClaimantSilent, it => it.ClaimantSilent, (it, value) => it with { ClaimantSilent = value }),
        Review.Rule(
            ReviewRespondentSilent, it => it.RespondentSilent, (it, value) => it with { RespondentSilent = value }),
        Review.Rule(
            ReviewSupervisorWithin, it => it.SupervisorWithin, (it, value) => it with { SupervisorWithin = value }),
        Review.Rule(ReviewStaffSilent, it => it.StaffSilent, (it, value) => it with { StaffSilent = value }),

        Appeal.OrNone(AppealWindow, it => it.Window, (it, value) => it with { Window = value }),
        Appeal.Rule(AppealCount, it => it.Count, (it, value) => it with { Count = value }),
        Appeal.Rule(
            AppealNewEvidenceNeeded, it => it.NewEvidenceNeeded, (it, value) => it with { NewEvidenceNeeded = value }),
        Appeal.Rule(AppealExecuteAtOnce, it => it.ExecuteAtOnce, (it, value) => it with { ExecuteAtOnce = value }),

        Fulfilment.Rule(FulfilmentRefund, it => it.Refund, (it, value) => it with { Refund = value }),
        Fulfilment.Rule(FulfilmentReturnLabel, it => it.ReturnLabel, (it, value) => it with { ReturnLabel = value }),
        Fulfilment.Rule(FulfilmentReturnGoods, it => it.ReturnGoods, (it, value) => it with { ReturnGoods = value }),
        Fulfilment.Rule(
            FulfilmentReturnReminder, it => it.ReturnReminder, (it, value) => it with { ReturnReminder = value }),
        Fulfilment.Rule(FulfilmentShip, it => it.Ship, (it, value) => it with { Ship = value }),
        Fulfilment.Rule(FulfilmentRepair, it => it.Repair, (it, value) => it with { Repair = value }),
        Fulfilment.Rule(FulfilmentConfirm, it => it.Confirm, (it, value) => it with { Confirm = value }),
        Fulfilment.Rule(
            FulfilmentUnverifiedSilenceConfirms,
            it => it.UnverifiedSilenceConfirms,
            (it, value) => it with { UnverifiedSilenceConfirms = value }),
        Fulfilment.Rule(FulfilmentRuling, it => it.Ruling, (it, value) => it with { Ruling = value }),
        Fulfilment.Rule(FulfilmentBreachWindow, it => it.BreachWindow, (it, value) => it with { BreachWindow = value }),

        Closing.Rule(ClosingWithin, it => it.Within, (it, value) => it with { Within = value }),
        Closing.Rule(ClosingReminders, it => it.Reminders, (it, value) => it with { Reminders = value }),

        Reopening.Rule(RuleKeys.ReopeningMode, it => it.Mode, (it, value) => it with { Mode = value }),
        Reopening.OrNone(ReopeningWindow, it => it.Window, (it, value) => it with { Window = value }),
        Reopening.Rule(ReopeningCount, it => it.Count, (it, value) => it with { Count = value }),
    ];

    private static readonly Dictionary<string, Rule> ByKey = All.ToDictionary(rule => rule.Key);

    /// <summary>The rule of that name; null if there is none.</summary>
    public static Rule? Find(string key) => ByKey.GetValueOrDefault(key);

    public static Rule Named(string key) => ByKey[key];

    /// <summary>A part of <see cref="Rules"/>, and how rules in it are read and replaced.</summary>
    private sealed record Chapter<TChapter>(Func<Rules, TChapter> Read, Func<Rules, TChapter, Rules> Write)
    {
        public Rule Rule<T>(string key, Func<TChapter, T> value, Func<TChapter, T, TChapter> with)
            where T : notnull =>
            new(key, typeof(T), MayBeNone: false,
                rules => value(Read(rules)), (rules, it) => Write(rules, with(Read(rules), (T)it!)));

        public Rule OrNone<T>(string key, Func<TChapter, T?> value, Func<TChapter, T?, TChapter> with)
            where T : class =>
            new(key, typeof(T), MayBeNone: true,
                rules => value(Read(rules)), (rules, it) => Write(rules, with(Read(rules), (T?)it)));
    }
}

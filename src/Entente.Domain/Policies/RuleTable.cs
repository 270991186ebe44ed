using Entente.Domain.Disputes;
using static Entente.Domain.Policies.RuleKeys;

namespace Entente.Domain.Policies;

/// <summary>The one table of rules: each key, where its value stands in
/// <see cref="Rules"/>, how it is replaced.</summary>
internal static class RuleTable
{
    private static readonly Chapter<OpeningRule> Opening =
        new(rules => rules.Opening, (rules, it) => rules with { Opening = it });
    private static readonly Chapter<AnswerRule> Answer =
        new(rules => rules.Answer, (rules, it) => rules with { Answer = it });
    private static readonly Chapter<NegotiationRule> Negotiation =
        new(rules => rules.Negotiation, (rules, it) => rules with { Negotiation = it });
    private static readonly Chapter<ExtensionRule> Extension =
        new(rules => rules.Extension, (rules, it) => rules with { Extension = it });
    private static readonly Chapter<BlindBidRule> BlindBid =
        new(rules => rules.BlindBid, (rules, it) => rules with { BlindBid = it });
    private static readonly Chapter<AmendmentRule> Amendment =
        new(rules => rules.Amendment, (rules, it) => rules with { Amendment = it });
    private static readonly Chapter<ReviewRule> Review =
        new(rules => rules.Review, (rules, it) => rules with { Review = it });
    private static readonly Chapter<ApprovalRule> Approval =
        new(rules => rules.Approval, (rules, it) => rules with { Approval = it });
    private static readonly Chapter<AppealRule> Appeal =
        new(rules => rules.Appeal, (rules, it) => rules with { Appeal = it });
    private static readonly Chapter<FulfilmentRule> Fulfilment =
        new(rules => rules.Fulfilment, (rules, it) => rules with { Fulfilment = it });
    private static readonly Chapter<ClosingRule> Closing =
        new(rules => rules.Closing, (rules, it) => rules with { Closing = it });
    private static readonly Chapter<ReopeningRule> Reopening =
        new(rules => rules.Reopening, (rules, it) => rules with { Reopening = it });
    private static readonly Chapter<BreachRule> Breach =
        new(rules => rules.Breach, (rules, it) => rules with { Breach = it });
    private static readonly Chapter<ChargebackRule> Chargeback =
        new(rules => rules.Chargeback, (rules, it) => rules with { Chargeback = it });
    private static readonly Chapter<SilenceRule> Silence =
        new(rules => rules.Silence, (rules, it) => rules with { Silence = it });
    private static readonly Chapter<ReminderRule> Reminder =
        new(rules => rules.Reminder, (rules, it) => rules with { Reminder = it });

    /// <inheritdoc cref="Rule.All"/>
    public static readonly ValueList<Rule> All =
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

        Extension.LaterOrNone(
            ExtensionLongest, it => it.Longest, (it, value) => it with { Longest = value }, null),
        Extension.Later(
            ExtensionCount, it => it.Count, (it, value) => it with { Count = value }, 0),
        Extension.Later(
            ExtensionAnswerWithin, it => it.AnswerWithin, (it, value) => it with { AnswerWithin = value }, Days(2)),

        BlindBid.Later(
            BlindBidRounds, it => it.Rounds, (it, value) => it with { Rounds = value }, 0),
        BlindBid.Later(
            BlindBidAnswerWithin, it => it.AnswerWithin, (it, value) => it with { AnswerWithin = value }, Days(3)),

        Amendment.Later(
            AmendmentInNegotiation, it => it.InNegotiation, (it, value) => it with { InNegotiation = value }, 1),
        Amendment.Later(
            AmendmentInReview, it => it.InReview, (it, value) => it with { InReview = value }, 1),

        Review.Rule(ReviewEvidence, it => it.Evidence, (it, value) => it with { Evidence = value }),
        Review.Rule(ReviewDecisionWithin, it => it.DecisionWithin, (it, value) => it with { DecisionWithin = value }),
        Review.Rule(ReviewClaimantSilent, it => it.ClaimantSilent, (it, value) => it with { ClaimantSilent = value }),
        Review.Rule(
            ReviewRespondentSilent, it => it.RespondentSilent, (it, value) => it with { RespondentSilent = value }),
        Review.Rule(
            ReviewSupervisorWithin, it => it.SupervisorWithin, (it, value) => it with { SupervisorWithin = value }),
        Review.Rule(ReviewStaffSilent, it => it.StaffSilent, (it, value) => it with { StaffSilent = value }),
        Review.Later(
            ReviewLateReply, it => it.LateReply, (it, value) => it with { LateReply = value }, Days(3)),
        Review.Later(
            ReviewProposalAnswer, it => it.ProposalAnswer, (it, value) => it with { ProposalAnswer = value }, Days(3)),
        Review.LaterOrNone(
            ReviewThirdPartyWait, it => it.ThirdPartyWait, (it, value) => it with { ThirdPartyWait = value }, null),
        Review.Later(
            ReviewThirdPartyCount, it => it.ThirdPartyCount, (it, value) => it with { ThirdPartyCount = value }, 1),

        Approval.LaterOrNone(
            ApprovalAbove, it => it.Above, (it, value) => it with { Above = value }, null),
        Approval.Later(
            ApprovalWithin, it => it.Within, (it, value) => it with { Within = value }, Days(2)),

        Appeal.OrNone(AppealWindow, it => it.Window, (it, value) => it with { Window = value }),
        Appeal.Rule(AppealCount, it => it.Count, (it, value) => it with { Count = value }),
        Appeal.Rule(
            AppealNewEvidenceNeeded, it => it.NewEvidenceNeeded, (it, value) => it with { NewEvidenceNeeded = value }),
        Appeal.Rule(AppealExecuteAtOnce, it => it.ExecuteAtOnce, (it, value) => it with { ExecuteAtOnce = value }),
        Appeal.Later(
            AppealJoinWithin, it => it.JoinWithin, (it, value) => it with { JoinWithin = value }, Days(3)),
        Appeal.Later(
            AppealLevels, it => it.Levels, (it, value) => it with { Levels = value }, 1),
        Appeal.Later(
            AppealDecisionWithin, it => it.DecisionWithin, (it, value) => it with { DecisionWithin = value }, Days(10)),

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
        Fulfilment.Later(
            FulfilmentRefundThrough, it => it.RefundThrough,
                (it, value) => it with { RefundThrough = value }, RefundsBy.Outside),
        Fulfilment.LaterOrNone(
            FulfilmentReimburseAtMost, it => it.ReimburseAtMost,
                (it, value) => it with { ReimburseAtMost = value }, null),

        Closing.Rule(ClosingWithin, it => it.Within, (it, value) => it with { Within = value }),
        Closing.Rule(ClosingReminders, it => it.Reminders, (it, value) => it with { Reminders = value }),
        Closing.LaterOrNone(
            ClosingEraseAfter, it => it.EraseAfter, (it, value) => it with { EraseAfter = value }, null),

        Reopening.Rule(RuleKeys.ReopeningMode, it => it.Mode, (it, value) => it with { Mode = value }),
        Reopening.OrNone(ReopeningWindow, it => it.Window, (it, value) => it with { Window = value }),
        Reopening.Rule(ReopeningCount, it => it.Count, (it, value) => it with { Count = value }),
        Reopening.Later(
            ReopeningDecisionWithin, it => it.DecisionWithin,
                (it, value) => it with { DecisionWithin = value }, Days(5)),
        Reopening.Later(
            ReopeningLeadsTo, it => it.LeadsTo, (it, value) => it with { LeadsTo = value }, ReopenedInto.Review),

        Breach.Later(
            BreachAnswerWithin, it => it.AnswerWithin, (it, value) => it with { AnswerWithin = value }, Days(3)),
        Breach.Later(
            BreachDecisionWithin, it => it.DecisionWithin, (it, value) => it with { DecisionWithin = value }, Days(5)),
        Breach.Later(
            BreachMeasures, it => it.Measures,
                (it, value) => it with { Measures = value }, [MeasureKind.PayFromHeldFunds, MeasureKind.Warn]),
        Breach.LaterOrNone(
            BreachAppealWithin, it => it.AppealWithin, (it, value) => it with { AppealWithin = value }, Days(14)),
        Breach.Later(
            BreachRestrictionLasts, it => it.RestrictionLasts,
                (it, value) => it with { RestrictionLasts = value }, Days(90)),

        Chargeback.Later(
            RuleKeys.ChargebackMode, it => it.Mode, (it, value) => it with { Mode = value }, ChargebackMode.Parallel),
        Chargeback.Later(
            ChargebackPauseAtMost, it => it.PauseAtMost, (it, value) => it with { PauseAtMost = value }, Days(60)),

        Silence.Later(
            SilenceNotice, it => it.Notice, (it, value) => it with { Notice = value }, new Span(24, SpanUnit.Hours)),
        Silence.LaterOrNone(
            SilenceSetAsideWithin, it => it.SetAsideWithin,
                (it, value) => it with { SetAsideWithin = value }, Days(14)),

        Reminder.Later(
            ReminderBefore, it => it.Before, (it, value) => it with { Before = value }, []),
    ];

    private static Span Days(int count) => new(count, SpanUnit.Days);

    /// <summary>A part of <see cref="Rules"/>, and how rules in it are read and replaced.</summary>
    private sealed record Chapter<TChapter>(Func<Rules, TChapter> Read, Func<Rules, TChapter, Rules> Write)
    {
        public Rule Rule<T>(string key, Func<TChapter, T> value, Func<TChapter, T, TChapter> with)
            where T : notnull =>
            new(key, typeof(T), MayBeNone: false, null,
                rules => value(Read(rules)), (rules, it) => Write(rules, with(Read(rules), (T)it!)));

        public Rule OrNone<T>(string key, Func<TChapter, T?> value, Func<TChapter, T?, TChapter> with)
            where T : class =>
            new(key, typeof(T), MayBeNone: true, null,
                rules => value(Read(rules)), (rules, it) => Write(rules, with(Read(rules), (T?)it)));

        public Rule Later<T>(string key, Func<TChapter, T> value, Func<TChapter, T, TChapter> with, T unsaid)
            where T : notnull => Rule(key, value, with) with { Unsaid = new(unsaid) };

        public Rule LaterOrNone<T>(string key, Func<TChapter, T?> value, Func<TChapter, T?, TChapter> with, T? unsaid)
            where T : class => OrNone(key, value, with) with { Unsaid = new(unsaid) };
    }
}

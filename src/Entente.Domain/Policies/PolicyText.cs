using Entente.Domain.Disputes;
using static Entente.Domain.Policies.RuleKeys;

namespace Entente.Domain.Policies;

/// <summary>One sentence of the rules in words, and the rules it states.</summary>
/// <param name="Rules">Keys of the rules, so that a page can show where each value comes from.</param>
public sealed record PolicyLine(Sentence Sentence, ValueList<string> Rules);

/// <summary>A part of the rules in words.</summary>
public sealed record PolicySection(Sentence Heading, ValueList<PolicyLine> Lines);

/// <summary>The rules in words: every value of a policy, said to whoever is judged by it.</summary>
public static class PolicyText
{
    /// <summary>Which sentence states which rules, and when it is true; each rule is stated at least once.</summary>
    private static readonly ValueList<Statement> Statements =
    [
        new("opening.claimant", []),
        new("opening.window", [OpeningFrom, OpeningWithin]),
        new("opening.not_before", [OpeningFrom, OpeningNotBefore], rules => rules.Opening.NotBefore is { Count: > 0 }),
        new("opening.not_that_day", [OpeningFrom, OpeningNotBefore], rules => rules.Opening.NotBefore is { Count: 0 }),

        new("answer.within", [AnswerWithin, RuleKeys.AnswerSilence]),

        new("negotiation.length", [NegotiationLength, RuleKeys.NegotiationSilence]),
        new("negotiation.complaint", [NegotiationComplaintAfter, NegotiationComplaintAtOnceAfterRefusal]),
        new("negotiation.offers", [NegotiationOfferValidity]),

        new("extension.none", [ExtensionLongest], rules => !rules.Extension.IsPossible),
        new("extension.possible", [ExtensionLongest, ExtensionCount, ExtensionAnswerWithin],
            rules => rules.Extension.IsPossible),

        new("blind_bid.none", [BlindBidRounds], rules => rules.BlindBid.Rounds == 0),
        new("blind_bid.possible", [BlindBidRounds, BlindBidAnswerWithin], rules => rules.BlindBid.Rounds > 0),

        new("amendment.count", [AmendmentInNegotiation, AmendmentInReview]),

        new("review.evidence", [ReviewEvidence]),
        new("review.late_reply", [ReviewLateReply]),
        new("review.silence", [ReviewClaimantSilent, ReviewRespondentSilent]),
        new("review.decision", [ReviewDecisionWithin]),
        new("review.supervisor", [ReviewSupervisorWithin, ReviewStaffSilent]),
        new("review.proposal", [ReviewProposalAnswer]),
        new("review.third_party", [ReviewThirdPartyWait, ReviewThirdPartyCount],
            rules => rules.Review.ThirdPartyWait is not null && rules.Review.ThirdPartyCount > 0),

        new("approval.none", [ApprovalAbove], rules => rules.Approval.Above is null),
        new("approval.above", [ApprovalAbove, ApprovalWithin], rules => rules.Approval.Above is not null),

        new("appeal.never", [AppealWindow], rules => rules.Appeal.Window is null),
        new("appeal.window", [AppealWindow, AppealCount, AppealNewEvidenceNeeded],
            rules => rules.Appeal.Window is not null),
        new("appeal.join", [AppealJoinWithin, AppealLevels, AppealDecisionWithin],
            rules => rules.Appeal.Window is not null),
        new("appeal.execution", [AppealExecuteAtOnce], rules => rules.Appeal.Window is not null),

        new("fulfilment.refund", [FulfilmentRefund, FulfilmentRefundThrough]),
        new("fulfilment.refund_through", [FulfilmentRefundThrough]),
        new("fulfilment.return_label", [FulfilmentReturnLabel]),
        new("fulfilment.return_goods", [FulfilmentReturnGoods, FulfilmentReturnReminder]),
        new("fulfilment.ship", [FulfilmentShip]),
        new("fulfilment.repair", [FulfilmentRepair]),
        new("fulfilment.confirm", [FulfilmentConfirm, FulfilmentUnverifiedSilenceConfirms]),
        new("fulfilment.ruling", [FulfilmentRuling]),
        new("fulfilment.reimburse", [FulfilmentReimburseAtMost],
            rules => rules.Fulfilment.ReimburseAtMost is not null),
        new("fulfilment.breach", [FulfilmentBreachWindow]),

        new("closing.reminders", [ClosingReminders], rules => rules.Closing.Reminders.Count > 0),
        new("closing.within", [ClosingWithin]),
        new("closing.erase", [ClosingEraseAfter], rules => rules.Closing.EraseAfter is not null),

        new("reopening.never", [RuleKeys.ReopeningMode], rules => rules.Reopening.Mode == ReopeningMode.Never),
        new("reopening.new_dispute", [RuleKeys.ReopeningMode, ReopeningWindow, ReopeningCount],
            rules => rules.Reopening.Mode == ReopeningMode.NewDisputeWithinCoverage),
        new("reopening.request", [RuleKeys.ReopeningMode, ReopeningWindow, ReopeningCount],
            rules => rules.Reopening.Mode == ReopeningMode.IfOrderNotCompleted),
        new("reopening.decision", [ReopeningDecisionWithin, ReopeningLeadsTo],
            rules => rules.Reopening.Mode == ReopeningMode.IfOrderNotCompleted),

        new("breach.answer", [BreachAnswerWithin, BreachDecisionWithin]),
        new("breach.measures", [BreachMeasures], rules => rules.Breach.Measures.Count > 0),
        new("breach.restriction", [BreachRestrictionLasts], rules => rules.Breach.Measures.Any(Sanctioning.Restricts)),
        new("breach.appeal", [BreachAppealWithin], rules => rules.Breach.AppealWithin is not null),

        new("chargeback.mode", [RuleKeys.ChargebackMode, ChargebackPauseAtMost]),

        new("silence.notice", [SilenceNotice]),
        new("silence.set_aside", [SilenceSetAsideWithin], rules => rules.Silence.SetAsideWithin is not null),

        new("reminder.before", [ReminderBefore], rules => rules.Reminder.Before.Count > 0),
    ];

    /// <summary>The rules by chapter, evidence, what differs by reason and remedy, how time is counted.</summary>
    public static ValueList<PolicySection> Of(Policy policy) =>
    [
        .. Statements.GroupBy(statement => statement.Chapter, (chapter, statements) =>
            new PolicySection(Sentence.Of($"policy.section.{chapter}"), Say(statements, policy.Rules))),
        Evidence(policy.Evidence),
        Life(LifeBound.Of(policy)),
        .. policy.Overrides.Select(change => Exception(change, policy.Rules)),
        Time(policy),
    ];

    /// <summary>The sentence that states one rule as it stands.</summary>
    public static Sentence About(Rules rules, string key) => Statements
        .First(statement => statement.Rules.Contains(key) && statement.Holds(rules)).Say(rules).Sentence;

    private static ValueList<PolicyLine> Say(IEnumerable<Statement> statements, Rules rules) =>
        statements.Where(statement => statement.Holds(rules)).Select(statement => statement.Say(rules)).ToValueList();

    private static PolicySection Exception(RuleOverride change, Rules rules)
    {
        var key = change.Reason is null ? "remedy" : change.Remedy is null ? "reason" : "reason_and_remedy";
        var heading = Sentence.Of($"policy.section.{key}", ("reason", change.Reason), ("remedy", change.Remedy));
        var concerned = Statements.Where(statement => statement.Rules.Any(change.Keys.Contains));
        return new(heading, Say(concerned, change.Apply(rules)));
    }

    private static PolicySection Evidence(EvidenceRules rules) => Section("evidence",
    [
        Sentence.Of("policy.evidence.files",
            ("count", rules.FilesPerPartyMax), ("megabytes", Megabytes(rules.FileBytesMax))),
        Sentence.Of("policy.evidence.types", ("types", rules.Types.Select(FileType).ToValueList())),
        .. rules.Asked.Where(asked => asked.Required.Count + asked.Recommended.Count > 0).Select(Asked),
    ]);

    private static Sentence Asked(EvidenceAsked asked) => Sentence.Of(
        asked.Recommended.Count == 0 ? "policy.evidence.required"
        : asked.Required.Count == 0 ? "policy.evidence.recommended"
        : "policy.evidence.required_and_recommended",
        ("reason", asked.Reason), ("required", asked.Required), ("recommended", asked.Recommended));

    private static Sentence FileType(string type) => Sentence.Of("policy.evidence.type", ("type", type));

    /// <summary>At least one, rounded down: nobody is promised more than there is.</summary>
    private static long Megabytes(long bytes) => Math.Max(1, bytes / 1_000_000);

    private static PolicySection Life(LifeBound bound) => Section("life",
    [
        Sentence.Of("policy.life.bound", ("days", bound.Days)),
        Sentence.Of("policy.life.parts", ("parts", bound.Parts.Select(Part).ToValueList())),
    ]);

    private static Sentence Part(LifePart part) => Sentence.Of(
        "policy.life.part", ("rule", Sentence.Of($"rule_name.{part.Rule}")), ("span", part.Span), ("n", part.Times));

    private static PolicySection Time(Policy policy)
    {
        var toTheEnd = Rule.All.Where(rule => EndsWithADay(rule, policy)).Select(Name).ToValueList();
        return Section("time",
        [
            Sentence.Of("policy.time.hours"),
            .. toTheEnd.Count == 0 ? (Sentence[])[] : [Sentence.Of("policy.time.day_ends", ("rules", toTheEnd))],
            Sentence.Of("policy.time.working_days",
                ("weekend", policy.Calendar.Weekend), ("zone", policy.Calendar.Zone)),
            .. policy.Calendar.Holidays.GroupBy(day => day.Year, (year, days) => Sentence.Of(
                "policy.time.holidays", ("year", $"{year}"), ("days", days.ToValueList()))),
            Sentence.Of("policy.time.pinned"),
        ]);
    }

    private static bool EndsWithADay(Rule rule, Policy policy) =>
        policy.Anywhere
            .Any(rules => rule.Value(rules) is Span { Unit: SpanUnit.DaysEnd });

    private static Sentence Name(Rule rule) => Sentence.Of($"rule_name.{rule.Key}");

    private static PolicySection Section(string name, IEnumerable<Sentence> sentences) => new(
        Sentence.Of($"policy.section.{name}"),
        sentences.Select(sentence => new PolicyLine(sentence, [])).ToValueList());

    /// <summary>A sentence over some rules, whose values it takes by the last part of their names.</summary>
    private sealed record Statement(string Name, ValueList<string> Rules, Func<Rules, bool>? If = null)
    {
        public string Chapter => Name.Split('.')[0];

        public bool Holds(Rules rules) => If?.Invoke(rules) ?? true;

        public PolicyLine Say(Rules rules)
        {
            var values = from key in Rules
                         let value = Rule.Named(key).Value(rules)
                         where value is not null
                         select new Argument(key.Split('.')[1], value);
            return new(new($"policy.{Name}", values.ToValueList()), Rules);
        }
    }
}

namespace Entente.Domain.Disputes;

/// <summary>Every move there is: who may do what in which stages. Pages, API
/// and docs/moves.md are written from it.</summary>
public static class Moves
{
    public static readonly ValueList<Move> All =
    [
        OpenDispute.Opens,
        PostMessage.Posts,
        AddEvidence.Adds,
        WithdrawEvidence.Withdraws,
        QuarantineEvidence.Quarantines,
        OpenOriginal.Opens,
        RequestEvidence.Requests,
        ContestEvidence.Contests,
        AnswerContest.Answers,
        AdmitLateEvidence.Admits,
        AwaitThirdParty.Awaits,
        AnswerInquiry.Answers,
        AmendClaim.Amends,
        ProposeExtension.Proposes,
        AgreeExtension.Agrees,
        RefuseExtension.Refuses,
        ProposeRemedy.Proposes,
        OpenBidRound.Opens,
        PlaceBlindBid.Places,
        RecordFact.Recording,
        AnswerRecord.Answers,
        TakeOrder.Takes,
        RejectReconciliation.Rejects,
        MakeOffer.Makes,
        AcceptOffer.Accepts,
        DeclineOffer.Declines,
        WithdrawOffer.Withdraws,
        FileComplaint.Files,
        Assign.Assigns,
        DecideDispute.Decides,
        ApproveDecision.Approves,
        ReturnDecision.Returns,
        CorrectDecision.Corrects,
        SetAsideOutcome.Sets,
        Recuse.Recuses,
        ChallengeExaminer.Challenges,
        RuleOnChallenge.Rules,
        ReferToRisk.Refers,
        AnswerRisk.Answers,
        AppealDecision.Appeals,
        Perform.Performs,
        ConfirmPerformance.Confirms,
        ContestPerformance.Contests,
        RuleOnPerformance.Rules,
        RecordRefund.Records,
        RecordChargeback.Records,
        InformBank.Informs,
        WaiveTerm.Waives,
        CloseDispute.Closes,
        RequestReopening.Requests,
        GrantReopening.Grants,
        DenyReopening.Denies,
        ReportBreach.Reports,
        AnswerBreach.Answers,
        TakeMeasures.Takes,
        FindAbuse.Finds,
        AppealMeasure.Appeals,
        RuleOnMeasure.Rules,
        Lapse.Lapses,
        GiveBackTime.Gives,
    ];

    /// <summary>What this role may do now, for pages and the API to offer.</summary>
    public static IEnumerable<Move> For(Dispute dispute, Role role, Instant now) =>
        All.Where(move => move.Objection(dispute, role, now) is null);
}

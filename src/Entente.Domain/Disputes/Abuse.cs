namespace Entente.Domain.Disputes;

/// <summary>The examiner asks other staff, for a bounded time, whether a case belongs to a pattern.</summary>
public sealed record ReferToRisk(PersonalText Text) : DisputeCommand
{
    public static readonly Move Refers = new("refer_to_risk", [Role.Examiner], [Stage.Review, Stage.Appeal],
        (dispute, _, now) => dispute.Examiner is null ? RefusalCode.NotAssignedToYou
            : dispute.RiskUntil > now ? RefusalCode.ReferredBefore
            : null);

    public override Move Move => Refers;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        var until = context.Due(dispute.Under(context.Policy).Review.SupervisorWithin);
        return Texts.Objection(Text, Texts.StoryMax, "text") is { } text
            ? text
            : Course.From(dispute, context).Then(new ReferredToRisk(until, Text.Ref)).Answer(Text);
    }
}

/// <summary>
/// Other staff answer what the examiner asked; it counts only as far as it is shown to both as an exhibit.
/// </summary>
public sealed record AnswerRisk(PersonalText Text) : DisputeCommand
{
    public static readonly Move Answers = new("answer_risk", [Role.Operator], [Stage.Review, Stage.Appeal],
        (dispute, _, now) => dispute.RiskUntil > now ? null : RefusalCode.NothingToAnswer);

    public override Move Move => Answers;

    protected override Answer Decide(Dispute dispute, Context context) =>
        Texts.Objection(Text, Texts.StoryMax, "text") is { } text
            ? text
            : Course.From(dispute, context).Then(new RiskAnswered(Text.Ref)).Answer(Text);
}

/// <summary>
/// The examiner finds that a side abused the procedure, on facts that exhibits show to both. It is the only thing that
/// lowers a buyer's standing, and it can be appealed.
/// </summary>
public sealed record FindAbuse(Role Against, ValueList<int> Exhibits, PersonalText Facts) : DisputeCommand
{
    public static readonly Move Finds = new("find_abuse", [Role.Examiner], [Stage.Fulfilment, Stage.Enforcement],
        (dispute, _, _) => dispute.Examiner is null ? RefusalCode.NotAssignedToYou : null);

    public override Move Move => Finds;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        if (!Against.IsParty()) return new Refusal(RefusalCode.RequestHasNoAddressee, "against");
        if (dispute.Sanctions.Any(sanction => sanction is { Kind: null } && sanction.Against == Against))
            return new Refusal(RefusalCode.AbuseFoundBefore, "against");
        if (Exhibits.Count == 0) return new Refusal(RefusalCode.FindingRestsOnNothing, "exhibits");
        if (Exhibits.FirstOrDefault(no => !IsOpen(dispute, no)) is var unknown and not 0)
            return Refusal.Of(RefusalCode.ExhibitNotOpen, "exhibits", ("exhibit", unknown));
        return Texts.Objection(Facts, Texts.StoryMax, "facts") is { } text
            ? text
            : Course.From(dispute, context)
                .Then(new AbuseFound(
                    dispute.Sanctions.Count + 1, Against, Exhibits.Distinct().Order().ToValueList(), Facts.Ref))
                .Answer(Facts);
    }

    private static bool IsOpen(Dispute dispute, int no) => dispute.Exhibits.Any(exhibit =>
        exhibit.No == no && exhibit.Audience == Audience.All && !exhibit.Withdrawn);
}

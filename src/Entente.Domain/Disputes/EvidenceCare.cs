namespace Entente.Domain.Disputes;

/// <summary>The scanner found something dangerous in a file: it is closed away, and the story says so.</summary>
public sealed record QuarantineEvidence(ExhibitId Exhibit) : DisputeCommand
{
    public static readonly Move Quarantines = new("quarantine_evidence", [Role.Rule], [.. Enum.GetValues<Stage>()],
        (dispute, _, _) => dispute.Exhibits.Count > 0 ? null : RefusalCode.ExhibitUnknown);

    public override Move Move => Quarantines;

    public override bool IsDone(Dispute dispute, Role by) =>
        dispute.Exhibits.Any(exhibit => exhibit.Id == Exhibit && exhibit.Quarantined);

    protected override Answer Decide(Dispute dispute, Context context) =>
        dispute.Exhibits.FirstOrDefault(exhibit => exhibit.Id == Exhibit) is { } found
            ? Course.From(dispute, context).Then(new EvidenceQuarantined(found.Audience, found.Id, found.No)).Answer()
            : new Refusal(RefusalCode.ExhibitUnknown, "exhibit");
}

/// <summary>
/// An examiner opens the file as it was sent, with all that it hides. That they did stands in the story
/// for the platform's people; the pictures made anew need no such act.
/// </summary>
public sealed record OpenOriginal(ExhibitId Exhibit) : DisputeCommand
{
    public static readonly Move Opens = new("open_original", [Role.Examiner], [.. Enum.GetValues<Stage>()],
        (dispute, _, _) => dispute.Exhibits.Count > 0 ? null : RefusalCode.ExhibitUnknown);

    public override Move Move => Opens;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var exhibit = dispute.Exhibits.FirstOrDefault(candidate =>
            candidate.Id == Exhibit && context.Role.MayRead(candidate.Audience));
        if (exhibit is null) return new Refusal(RefusalCode.ExhibitUnknown, "exhibit");
        if (exhibit.Quarantined) return new Refusal(RefusalCode.ExhibitIsQuarantined, "exhibit");
        return Course.From(dispute, context)
            .Then(new OriginalOpened(exhibit.Id, exhibit.Audience, exhibit.No, new(context.By.Whose))).Answer();
    }
}

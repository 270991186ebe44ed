namespace Entente.Domain.Disputes;

/// <summary>A file that the locker holds already becomes an exhibit; sealed
/// ones are for the platform's eyes only.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="SealedBecause">Why the other side must not see it; null for an open exhibit.</param>
public sealed record AddEvidence(
    ExhibitId Exhibit,
    ExhibitKind Kind,
    PersonalText Title,
    PersonalText FileName,
    PersonalText Digest,
    string MediaType,
    long Bytes,
    PersonalText? SealedBecause) : DisputeCommand
{
    public static readonly Move Adds = new("add_evidence", [Role.Buyer, Role.Seller, Role.Examiner],
        [Stage.Negotiation, Stage.Review, Stage.Appeal, Stage.Fulfilment, Stage.Enforcement, Stage.ReopeningRequested,
            Stage.Closed],
        (dispute, role, now) => dispute.Stage == Stage.Closed && Appealing.OpenTo(dispute, role, now) is null
            ? RefusalCode.StageDoesNotAllow
            : null);

    public override Move Move => Adds;

    /// <summary>A file that was sent in pieces is named by its upload, and becomes one exhibit however often.</summary>
    public override bool IsDone(Dispute dispute, Role by) => dispute.Exhibits.Any(exhibit => exhibit.Id == Exhibit);

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var mine = dispute.Exhibits.Count(exhibit => exhibit.From == context.Role);
        if (mine >= context.Policy.Evidence.FilesPerPartyMax)
            return Refusal.Of(RefusalCode.EvidenceLimitReached, "file",
                ("max", context.Policy.Evidence.FilesPerPartyMax));
        if (Texts.Objection(Title, Texts.TitleMax, "title") is { } title) return title;
        if (SealedBecause is not null && Texts.Objection(SealedBecause, Texts.CommentMax, "sealed_because") is not null)
            return new Refusal(RefusalCode.SealingNeedsReason, "sealed_because");
        return Course.From(dispute, context).Then(Added(dispute, context))
            .Answer(Title, FileName, Digest, SealedBecause);
    }

    private EvidenceAdded Added(Dispute dispute, Context context)
    {
        var audience = SealedBecause is null ? Audience.All : context.Role.PrivateAudience();
        var number = dispute.Exhibits.Count(exhibit => exhibit.Audience == audience) + 1;
        var term = dispute.TermOf(TermKind.Evidence, context.Role);
        var late = dispute.Stage is Stage.Review or Stage.Appeal && context.Role.IsParty() && term is null;
        return new EvidenceAdded(audience, Exhibit, number, context.Role, Kind, Title.Ref, FileName.Ref, Digest.Ref,
            MediaType, Bytes, SealedBecause?.Ref, late);
    }
}

/// <summary>
/// The one who added an exhibit takes it back while their time for evidence is not over; its number stays.
/// </summary>
public sealed record WithdrawEvidence(ExhibitId Exhibit) : DisputeCommand
{
    public static readonly Move Withdraws = new("withdraw_evidence", [Role.Buyer, Role.Seller, Role.Examiner],
        [Stage.Negotiation, Stage.Review, Stage.Appeal],
        (dispute, role, _) => dispute.Exhibits.Where(exhibit => exhibit.From == role && !exhibit.Withdrawn).ToList()
            is { Count: > 0 } mine
            ? mine.All(exhibit => exhibit.Fixed) ? RefusalCode.ExhibitIsFixed : null
            : RefusalCode.ExhibitUnknown);

    public override Move Move => Withdraws;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var exhibit = dispute.Exhibits.FirstOrDefault(candidate =>
            candidate.Id == Exhibit && context.Role.MayRead(candidate.Audience));
        if (exhibit is null) return new Refusal(RefusalCode.ExhibitUnknown, "exhibit");
        if (exhibit.From != context.Role) return new Refusal(RefusalCode.ExhibitNotYours, "exhibit");
        if (exhibit.Fixed) return new Refusal(RefusalCode.ExhibitIsFixed, "exhibit");
        return exhibit.Withdrawn
            ? new Refusal(RefusalCode.ExhibitAlreadyWithdrawn, "exhibit")
            : Course.From(dispute, context)
                .Then(new EvidenceWithdrawn(exhibit.Audience, exhibit.Id, exhibit.No)).Answer();
    }
}

/// <summary>The examiner asks one side or both for evidence, by a date before the decision is due.</summary>
public sealed record RequestEvidence(
    ValueList<Role> From, ValueList<ExhibitKind> Kinds, PersonalText Text, Instant Due) : DisputeCommand
{
    public static readonly Move Requests = new(
        "request_evidence", [Role.Examiner], [Stage.Review, Stage.Appeal, Stage.Enforcement]);

    public override Move Move => Requests;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        if (!dispute.IsExaminedBy(context.By)) return RefusalCode.NotAssignedToYou;
        var from = From.Distinct().Where(role => role.IsParty()).Order().ToValueList();
        if (from.Count == 0 || from.Count < From.Count) return new Refusal(RefusalCode.RequestHasNoAddressee, "from");
        if (Texts.Objection(Text, Texts.CommentMax, "text") is { } text) return text;
        if (Due <= context.Now) return new Refusal(RefusalCode.DueNotInFuture, "due");
        if (dispute.Terms.FirstOrDefault(term =>
            term.Kind is TermKind.Decision or TermKind.Ruling or TermKind.Inquiry) is { } decision
            && Due >= decision.Due)
            return Refusal.Of(RefusalCode.DueAfterDecision, "due", ("until", decision.Due));
        return Course.From(dispute, context).Then(Requested(from, dispute, context)).Answer(Text);
    }

    /// <summary>A side keeps the later of the two instants; what its silence does stays as announced.</summary>
    private EvidenceRequested Requested(ValueList<Role> from, Dispute dispute, Context context)
    {
        var course = Course.From(dispute, context);
        var request = dispute.Requests + 1;
        var running = from.Select(side => dispute.TermOf(TermKind.Evidence, side)).OfType<Term>().ToList();
        var starts = from.Select((side, index) =>
        {
            var old = dispute.TermOf(TermKind.Evidence, side);
            var due = old is not null && old.Due > Due ? old.Due : Due;
            return course.Term(TermKind.Evidence, side, due, Policies.RuleKeys.ReviewEvidence,
                old?.Otherwise ?? Consequence.DecidedOnFile, request, index);
        });
        return new(request, from, Kinds.Distinct().ToValueList(), Text.Ref)
        {
            Ends = running.Select(term => term.Id).ToValueList(),
            Starts = starts.ToValueList(),
        };
    }
}

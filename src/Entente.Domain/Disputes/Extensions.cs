using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>A side proposes that a running term end later; nothing moves before the other side agrees.</summary>
public sealed record ProposeExtension(int Term, Instant Until, PersonalText? Text) : DisputeCommand
{
    public static readonly Move Proposes = new("propose_extension", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review],
        (dispute, _, _) => dispute.Extension is not null ? RefusalCode.ExtensionAlreadyProposed
            : dispute.Terms.Any(Extensions.MayBeExtended) ? null : RefusalCode.TermCannotBeExtended);

    public override Move Move => Proposes;

    protected override Answer Decide(Dispute dispute, Context context)
    {
        var rules = dispute.Under(context.Policy).Extension;
        if (dispute.Terms.FirstOrDefault(candidate => candidate.Id == Term) is not { } term)
            return new Refusal(RefusalCode.TermUnknown, "term");
        if (!Extensions.MayBeExtended(term) || !rules.IsPossible)
            return new Refusal(RefusalCode.TermCannotBeExtended, "term");
        if (dispute.ExtensionsAgreed >= rules.Count || dispute.ExtensionsProposed >= Extensions.ProposedMax)
            return Refusal.Of(RefusalCode.ExtensionsUsedUp, "term", ("max", rules.Count));
        if (Until <= term.Due) return Refusal.Of(RefusalCode.ExtensionNotLater, "until", ("from", term.Due));
        if (Extensions.Latest(term, dispute, context) is var latest && Until > latest)
            return Refusal.Of(RefusalCode.ExtensionTooLong, "until", ("until", latest));
        if (Texts.Objection(Text, Texts.CommentMax, "text", needed: false) is { } text) return text;
        var number = dispute.ExtensionsProposed + 1;
        var course = Course.From(dispute, context);
        return course.Then(new ExtensionProposed(number, context.Role, term.Id, term.Kind, term.Who, Until, Text?.Ref)
        {
            Starts =
            [
                course.Term(TermKind.ExtensionAnswer, context.Role.Other(),
                    Instant.Min(context.Due(rules.AnswerWithin), term.Due), RuleKeys.ExtensionAnswerWithin,
                    Consequence.ExtensionIsRefused, number),
            ],
        }).Answer(Text);
    }
}

/// <summary>The other side agrees to more time: the term ends later from now on.</summary>
public sealed record AgreeExtension(int Extension) : DisputeCommand
{
    public static readonly Move Agrees = new("agree_extension", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review], Extensions.FacesOne);

    public override Move Move => Agrees;

    protected override Answer Decide(Dispute dispute, Context context) =>
        Extensions.Objection(Extension, dispute) is { } objection
            ? objection
            : Extensions.Extend(dispute.Extension!, Course.From(dispute, context)).Answer();
}

/// <summary>The other side wants no more time.</summary>
public sealed record RefuseExtension(int Extension) : DisputeCommand
{
    public static readonly Move Refuses = new("refuse_extension", [Role.Buyer, Role.Seller],
        [Stage.Negotiation, Stage.Review], Extensions.FacesOne);

    public override Move Move => Refuses;

    protected override Answer Decide(Dispute dispute, Context context) =>
        Extensions.Objection(Extension, dispute) is { } objection
            ? objection
            : Course.From(dispute, context).Then(new ExtensionRefused(Extension, context.Role)).Answer();
}

/// <summary>Which terms can be moved by agreement, and how far.</summary>
internal static class Extensions
{
    /// <summary>More proposals than this no dispute needs.</summary>
    public const int ProposedMax = 20;

    public static bool MayBeExtended(Term term) =>
        term.Kind is TermKind.Answer or TermKind.Negotiation or TermKind.Evidence && term.Who.IsParty();

    /// <summary>Counted from the term's first end; a first answer never outlasts the negotiation.</summary>
    public static Instant Latest(Term term, Dispute dispute, Context context)
    {
        var first = dispute.FirstEnds.FirstOrDefault(end => end.Kind == term.Kind && end.Whose == term.Who)?.Due
            ?? term.Due;
        var latest = context.Policy.Calendar.Due(first, dispute.Under(context.Policy).Extension.Longest!);
        var end = dispute.Terms.FirstOrDefault(other => other.Kind == TermKind.Negotiation)?.Due;
        return term.Kind == TermKind.Answer && end < latest ? end.Value : latest;
    }

    public static RefusalCode? FacesOne(Dispute dispute, Role role, Instant now) =>
        dispute.Extension is { } open && open.By != role ? null : RefusalCode.ExtensionNotOpen;

    public static Refusal? Objection(int number, Dispute dispute) =>
        dispute.Extension is { } open && open.No == number && dispute.TermOf(open.Kind, open.Whose) is not null
            ? null
            : new(RefusalCode.ExtensionNotOpen, "extension");

    /// <summary>More time for evidence does not shorten the examiner's.</summary>
    public static Course Extend(OpenExtension open, Course course)
    {
        var term = course.Dispute.TermOf(open.Kind, open.Whose)!;
        var decision = open.Kind == TermKind.Evidence
            ? course.Dispute.Terms.FirstOrDefault(other => other.Kind == TermKind.Decision)
            : null;
        var next = course.Dispute.LastTerm + 1;
        // An outage of ours may have given more than was agreed meanwhile.
        var until = Instant.Max(open.Until, term.Due);
        var longer = term with { Id = next, Due = until };
        return course.Then(new ExtensionAgreed(open.No, open.By.Other(), open.Kind, open.Whose, until)
        {
            Ends = decision is null ? [term.Id] : [term.Id, decision.Id],
            Starts = decision is null
                ? [longer]
                : [longer, decision with { Id = next + 1, Due = decision.Due + (until - term.Due) }],
        });
    }
}

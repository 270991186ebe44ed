using Entente.Domain.Payments;
using Entente.Domain.Policies;

namespace Entente.Domain.Disputes;

/// <summary>Something somebody asks of a dispute. Decides without touching the world.</summary>
public abstract record DisputeCommand
{
    /// <summary>The declared row of the moves table: name, who, when.</summary>
    public abstract Move Move { get; }

    /// <summary>Whether the dispute already stands as the command wants it; asking again then adds nothing.</summary>
    public virtual bool IsDone(Dispute dispute, Role by) => false;

    /// <summary>What the door asks, after it lapsed what was overdue.</summary>
    public Answer Judge(Dispute dispute, Context context) =>
        IsDone(dispute, context.Role) ? Answer.Of()
        : Move.Objection(dispute, context.Role, context.Now) is { } objection ? objection
        : Decide(dispute, context);

    /// <summary>Facts, or a refusal; role and stage fit already.</summary>
    protected abstract Answer Decide(Dispute dispute, Context context);
}

/// <summary>Who may do something in which stages, and what else must hold; pages, API and docs offer by it.</summary>
/// <param name="Name">As in the API and the docs.</param>
/// <param name="When">Further condition beyond role and stage; null when it holds.</param>
public sealed record Move(
    string Name,
    ValueList<Role> By,
    ValueList<Stage> During,
    Func<Dispute, Role, Instant, RefusalCode?>? When = null)
{
    /// <summary>Why this role may not do it now; null if it may.</summary>
    public RefusalCode? Objection(Dispute dispute, Role role, Instant now) =>
        !By.Contains(role) ? RefusalCode.RoleMayNot
        : !During.Contains(dispute.Stage) ? RefusalCode.StageDoesNotAllow
        : When?.Invoke(dispute, role, now);
}

/// <summary>The world's facts a command is judged by.</summary>
/// <param name="Now">One instant per attempt, never earlier than the last fact.</param>
/// <param name="Policy">The version pinned at opening.</param>
/// <param name="Head">The order's scarce things; only read by commands that open or reserve money.</param>
public sealed record Context(Instant Now, Actor By, Policy Policy, OrderHead Head)
{
    public Role Role => By.Role;

    /// <summary>Reads a text that lies sealed beside the facts; null where it is erased or was not brought
    /// along.</summary>
    public Func<PersonalRef, string?> Unseal { get; init; } = static _ => null;

    public Instant Due(Span span) => Policy.Calendar.Due(Now, span);
}

/// <summary>What is scarce in an order: its money, and units that open disputes hold.</summary>
/// <param name="Order">The order as imported.</param>
/// <param name="Returnable">
/// What the order's payments brought in less what its other disputes promise or have returned, in minor units.
/// </param>
/// <param name="Held">Units of lines that the order's other open disputes are about.</param>
public sealed record OrderHead(Order Order, long Returnable, ValueList<Units> Held)
{
    /// <summary>The order's payments, and what this dispute has set aside of them.</summary>
    public OrderTill Till { get; init; } = OrderTill.Empty;

    /// <summary>Closed disputes of the order; only read by whoever opens one.</summary>
    public ValueList<EarlierDispute> Earlier { get; init; } = [];

    /// <summary>What keeps the side that opens from opening; null where nothing does.</summary>
    public Restriction? Restriction { get; init; }
}

/// <summary>A closed dispute of the same order, as far as another one about the same lines has to know it.</summary>
/// <param name="Promised">What it returned, in minor units.</param>
public sealed record EarlierDispute(
    DisputeId Id, Role Opener, PartyId Seller, ValueList<int> Lines, long Promised, Instant ClosedAt);

/// <summary>A measure of the platform's against a party: until then it opens no dispute.</summary>
public sealed record Restriction(DisputeId Dispute, int Measure, MeasureKind Kind, Instant Since, Instant Until);

/// <summary>The core's answer to a command.</summary>
public abstract record Answer
{
    public static implicit operator Answer(Refusal refusal) => new Refused(refusal);
    public static implicit operator Answer(RefusalCode code) => new Refused(new Refusal(code));

    public static Answer Of(params ReadOnlySpan<DisputeEvent> events) => new Accepted(ValueList.Create(events), []);
}

/// <summary>The facts a command brings about; none when it had been done before.</summary>
/// <param name="Texts">The personal texts behind the facts' commitments, to be stored under their owners' keys.</param>
public sealed record Accepted(ValueList<DisputeEvent> Events, ValueList<PersonalText> Texts) : Answer
{
    /// <summary>The same with the texts that are not null.</summary>
    public Accepted With(params ReadOnlySpan<PersonalText?> texts)
    {
        var list = new List<PersonalText>(Texts);
        foreach (var text in texts)
            if (text is not null) list.Add(text);
        return this with { Texts = list.ToValueList() };
    }
}

/// <summary>The command changed nothing, and why.</summary>
/// <param name="Also">What else is missing, for forms that show all their gaps at once.</param>
public sealed record Refused(Refusal Refusal, ValueList<Refusal> Also) : Answer
{
    public Refused(Refusal refusal) : this(refusal, [])
    {
    }
}

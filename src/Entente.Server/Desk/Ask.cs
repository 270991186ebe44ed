using Entente.Domain;
using Entente.Domain.Audiences;
using Entente.Domain.Disputes;

namespace Entente.Server.Desk;

/// <summary>A command on its way to the door: what is asked of which dispute, by whom, and under which key.</summary>
/// <param name="By">As whom the asker acts on the dispute as it stands then;
/// null where it does not exist for them.</param>
/// <param name="Asker">Who counts as one and the same; idempotency keys are theirs alone.</param>
public sealed record Ask(DisputeId Dispute, DisputeCommand Command, Func<Dispute, Actor?> By, string Asker)
{
    /// <summary>The asker's own name for this command: asked again under it, it adds nothing.</summary>
    public string? Key { get; init; }

    /// <summary>Of what was parsed; null takes the command's own.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The version the asker has seen, as the viewer counts; null asks whatever it is now.</summary>
    public int? Seen { get; init; }

    /// <summary>As whom the asker reads, where <see cref="Seen"/> is given.</summary>
    public Func<Dispute, Viewer?>? Reads { get; init; }

    /// <summary>What a signed-in person or a key asks.</summary>
    public static Ask Of(Caller caller, DisputeId dispute, DisputeCommand command, string? key = null,
        int? seen = null) =>
        new(dispute, command, caller.ActorOn, caller.Principal) { Key = key, Seen = seen, Reads = caller.ViewerOf };
}

/// <summary>What the door answers.</summary>
public abstract record Reply
{
    private Reply()
    {
    }

    /// <summary>It is done and durable. Without facts it had been done before.</summary>
    /// <param name="Replayed">This is the first answer again, to a key that was used before.</param>
    public sealed record Done(Dispute Dispute, ValueList<Fact> Facts, bool Replayed) : Reply;

    /// <summary>The rules say no; the command changed nothing.</summary>
    public sealed record Refused(Dispute Dispute, Refusal Refusal) : Reply
    {
        /// <summary>What else is missing.</summary>
        public ValueList<Refusal> Also { get; init; } = [];
    }

    /// <summary>The asker decided on an older version than stands now.</summary>
    public sealed record Stale(Dispute Dispute) : Reply;

    /// <summary>The order or dispute does not exist for the asker.</summary>
    public sealed record NotFound : Reply;

    /// <summary>The key was used for another command before.</summary>
    public sealed record KeyReused : Reply;

    /// <summary>The marketplace has published no policy to open a dispute under.</summary>
    public sealed record NoPolicy : Reply;

    /// <summary>Others kept changing the dispute; asked again it will go through.</summary>
    public sealed record Contended : Reply;

    /// <summary>Too much is waiting to be written; ask again in a moment.</summary>
    public sealed record Overloaded : Reply;

    /// <summary>The dispute cannot be read whole; nothing is done on it until it is repaired.</summary>
    public sealed record Damaged(string Why) : Reply;
}

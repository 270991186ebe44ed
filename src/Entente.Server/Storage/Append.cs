using Entente.Domain;
using Entente.Domain.Disputes;
using Entente.Server.Payments;

namespace Entente.Server.Storage;

/// <summary>Everything one command changes, as one plain value: all of it is committed, or none.</summary>
/// <param name="Before">The dispute as it was read; its version has to be the stored one still.</param>
/// <param name="After">The same with the facts.</param>
public sealed record Append(StoredDispute Before, Dispute After, IReadOnlyList<Fact> Facts)
{
    /// <summary>The texts behind the facts' commitments.</summary>
    public IReadOnlyList<PersonalText> Texts { get; init; } = [];
    public IReadOnlyList<OutboxRow> Outbox { get; init; } = [];
    public RecordedAnswer? Answer { get; init; }
    public HeadChange? Head { get; init; }

    /// <summary>What the facts do to the order's money.</summary>
    public MoneyChange? Money { get; init; }
}

/// <summary>A dispute as it stands in the store, and what the next fact is linked to.</summary>
public sealed record StoredDispute(Dispute Dispute, Links Links);

/// <summary>Something to be delivered after the commit, at least once, under a constant id.</summary>
/// <param name="Payload">JSON of the kind's own shape; codes and arguments, never sentences.</param>
public sealed record OutboxRow(string Kind, string Payload, Instant NotBefore);

/// <summary>The first answer to a command with a key: the facts it brought about. Refusals are not recorded.</summary>
/// <param name="Fingerprint">Of the parsed command; another one under the
/// same key is a mistake of the caller's.</param>
public sealed record RecordedAnswer(
    string Caller, string Key, string Fingerprint, DisputeId Dispute, int SeqFrom, int SeqTo);

/// <summary>What a command changes in the order's head.</summary>
/// <param name="Expected">The version it was decided on; null where any will do, as it only gives back.</param>
/// <param name="Held">Units the dispute holds from now on; null where they stay.</param>
/// <param name="Promised">By how much it promises more, or less, than before.</param>
public sealed record HeadChange(int? Expected, ValueList<Units>? Held, long Promised);

/// <summary>What became of an append.</summary>
public enum AppendOutcome
{
    /// <summary>Durable.</summary>
    Done,
    /// <summary>Somebody else wrote first: read and decide again.</summary>
    VersionConflict,
    /// <summary>The order's scarce things changed meanwhile: read and decide again.</summary>
    HeadConflict,
    /// <summary>The key has an answer already.</summary>
    KeyTaken,
    /// <summary>Too many are waiting; nothing was done.</summary>
    Overloaded,
}

/// <summary>A dispute whose stored facts cannot be read or do not verify; it
/// is left as it is, and others go on.</summary>
public sealed class DamagedDisputeException(DisputeId dispute, string why, Exception? cause = null)
    : Exception($"Dispute {dispute} is damaged or was written by a newer version: {why}", cause)
{
    public DisputeId Dispute { get; } = dispute;
    public string Why { get; } = why;
}

using Entente.Domain;

namespace Entente.Server.Couriers;

/// <summary>Something that was committed with a fact and has to reach the
/// world, at least once, under a constant id.</summary>
/// <param name="Seq">The fact it came with; parcels of one lane of a dispute go in this order.</param>
/// <param name="Lane">Whose order it keeps: a failing addressee holds up nobody else's.</param>
/// <param name="Attempts">How often it has failed.</param>
public sealed record Parcel(
    DisputeId Dispute, string Id, int Seq, string Kind, string Lane, string Payload, Instant CreatedAt, int Attempts);

/// <summary>Brings parcels of one kind to where they belong.</summary>
public abstract class Courier
{
    /// <summary>The kind of parcel it takes.</summary>
    public abstract string Kind { get; }

    /// <summary>
    /// Returns once it is delivered. A failure is tried again later; an <see cref="UndeliverableException"/> is not.
    /// </summary>
    public abstract Task Deliver(Parcel parcel, CancellationToken stop);
}

/// <summary>Trying again is of no use: the receiver said no for good, or nobody knows this kind of parcel.</summary>
public sealed class UndeliverableException(string why) : Exception(why);

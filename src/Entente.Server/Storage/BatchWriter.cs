namespace Entente.Server.Storage;

/// <summary>
/// Writes appends into a database, several in one transaction; used by one lane, never by two at once.
/// </summary>
internal abstract class BatchWriter : IDisposable
{
    /// <summary>
    /// Commits all that may be and says of each what became of it. Throws when nothing at all is written, or when
    /// nobody can know.
    /// </summary>
    public abstract IReadOnlyList<AppendOutcome> Write(IReadOnlyList<AppendRows> batch);

    /// <summary>One by itself, after a batch with it threw: it may be written already, and then that is said.</summary>
    public abstract AppendOutcome WriteAlone(AppendRows rows);

    /// <summary>Forgets the connection; the next writing makes a new one.</summary>
    public abstract void Disconnect();

    /// <summary>Whether the database itself is away, so that trying the next append is no use.</summary>
    public abstract bool IsAway(Exception failure);

    public void Dispose() => Disconnect();
}

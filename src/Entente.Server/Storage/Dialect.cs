using System.Data.Common;
using DbUp.Builder;
using Entente.Domain;

namespace Entente.Server.Storage;

/// <summary>Everything in which one database differs from another; the rest of the SQL is common to all.</summary>
public abstract class Dialect : IDisposable
{
    /// <summary>The folder of the numbered scripts.</summary>
    public abstract string Scripts { get; }

    public abstract string ConnectionString { get; }

    /// <summary>The instant by which everything is judged, as the database has it.</summary>
    public abstract Instant Now();

    /// <summary>An open connection to read from.</summary>
    public abstract ValueTask<DbConnection> Open(CancellationToken stop);

    /// <summary>A transaction that sees the database as it stood at its first reading.</summary>
    public abstract DbTransaction BeginReading(DbConnection connection);

    /// <summary>
    /// Runs some writing in one durable transaction; all of it or none. It may be run more than once.
    /// </summary>
    public abstract Task<T> Write<T>(Func<DbTransaction, Task<T>> work, CancellationToken stop);

    /// <summary>The condition that a value is one of a list: <c>buyer {AnyOf("@parties")}</c>.</summary>
    public abstract string AnyOf(string list);

    /// <summary>The end of a query for rows to be taken: what another node is taking just now is passed over.</summary>
    public abstract string TakenByNobody(string table);

    /// <summary>The condition that a row of <c>search</c> has a blinded word.</summary>
    internal abstract string HasWord(string word);

    /// <summary>
    /// The database's clock in microseconds, as an expression; what it gives is told to <see cref="Hear"/>.
    /// </summary>
    internal abstract string Clock { get; }

    /// <summary>What the database's clock showed just now.</summary>
    internal abstract void Hear(long micros);

    /// <summary>For what every command reads.</summary>
    internal abstract Reads Reads { get; }

    /// <summary>What a commit lane writes through.</summary>
    internal abstract BatchWriter Writer();

    /// <summary>
    /// Tells of what other nodes change until it is stopped or fails; null tells that anything may have.
    /// </summary>
    internal abstract Task Listen(Action<DisputeId?> heard, CancellationToken stop);

    /// <summary>Where the numbered scripts are run.</summary>
    internal abstract UpgradeEngineBuilder Deployment();

    /// <summary>The right to migrate, until disposed; others wait.</summary>
    internal abstract IDisposable MigrateAlone();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}

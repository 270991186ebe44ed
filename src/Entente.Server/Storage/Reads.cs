using System.Data.Common;

namespace Entente.Server.Storage;

/// <summary>For what every command reads: connections stay open, and statements ready.</summary>
internal abstract class Reads : IDisposable
{
    /// <summary>
    /// Gives what the reading makes of the rows; values are given in the order their names first appear.
    /// </summary>
    public abstract ValueTask<T> Read<T>(
        string sql, Func<DbDataReader, T> reading, ReadOnlySpan<object?> values, CancellationToken stop);

    public abstract void Dispose();
}

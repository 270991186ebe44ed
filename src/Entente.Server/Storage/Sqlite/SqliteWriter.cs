using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage.Sqlite;

/// <summary>Writes on the one connection that writes appends to the embedded database.</summary>
internal sealed class SqliteWriter(SqliteDialect dialect) : BatchWriter
{
    private SqliteConnection? _connection;
    private AppendStatements? _statements;

    public override IReadOnlyList<AppendOutcome> Write(IReadOnlyList<AppendRows> batch)
    {
        var outcomes = new AppendOutcome[batch.Count];
        using var pen = dialect.TakePen();
        var statements = Connect();
        using var transaction = SqliteDialect.BeginWriting(_connection!);
        for (var index = 0; index < batch.Count; index++) outcomes[index] = statements.Run(batch[index], transaction);
        transaction.Commit();
        return outcomes;
    }

    public override AppendOutcome WriteAlone(AppendRows rows) => Write([rows])[0];

    /// <summary>A full disk or a file that cannot be opened is met by everybody.</summary>
    public override bool IsAway(Exception failure) => false;

    public override void Disconnect()
    {
        _statements?.Dispose();
        _connection?.Dispose();
        (_statements, _connection) = (null, null);
    }

    private AppendStatements Connect()
    {
        if (_statements is not null) return _statements;
        _connection = dialect.OpenNow();
        SqliteDialect.Prepare(_connection);
        return _statements = new(_connection);
    }
}

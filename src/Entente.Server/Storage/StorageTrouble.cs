using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage;

/// <summary>Why nothing can be kept at the moment, where a failure says so.</summary>
public enum StorageTrouble
{
    /// <summary>The disk has no room; reading goes on.</summary>
    Full,

    /// <summary>
    /// The database or its disk does not answer, another program holds it, or only a newer node reads what it holds.
    /// </summary>
    Away,
}

/// <summary>What a failure says about the disk and the database below it.</summary>
public static class StorageTroubles
{
    private const int NoRoomOnUnix = 28; // ENOSPC
    private const int QuotaOnUnix = 122; // EDQUOT
    private const int NoRoomOnWindows = unchecked((int)0x80070070);

    /// <summary>Null for a failure that is about something else.</summary>
    public static StorageTrouble? Of(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: Full } => StorageTrouble.Full,
        SqliteException { SqliteErrorCode: Busy or Locked or ReadOnly or InOut or CannotOpen } => StorageTrouble.Away,
        Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.DiskFull } => StorageTrouble.Full,
        DbException { IsTransient: true } or Npgsql.NpgsqlException and not Npgsql.PostgresException
            => StorageTrouble.Away,
        EvidenceStoreAwayException or UnknownFactException => StorageTrouble.Away,
        IOException { HResult: NoRoomOnUnix or QuotaOnUnix or NoRoomOnWindows } => StorageTrouble.Full,
        { InnerException: { } inner } => Of(inner),
        _ => null,
    };

    // SQLite's own numbers.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InOut = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;
}

using System.Security.Cryptography;
using Dapper;

namespace Entente.Server.Storage;

/// <summary>
/// The centre's own key, under which everybody's are wrapped. It lies in a file, apart from the database; keep a copy
/// of it apart from the copies of the database too.
/// </summary>
public static class CentreKey
{
    public const string FileName = "centre.key";
    private const int KeyBytes = 32;
    private const string Mark = "centre";

    /// <summary>The key; made where there is none yet.</summary>
    public static byte[] Of(Database database)
    {
        var path = database.KeyFile;
        if (!File.Exists(path)) WriteOnce(path, RandomNumberGenerator.GetBytes(KeyBytes));
        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes ? key : throw new InvalidOperationException($"{path} does not hold a key.");
    }

    /// <summary>Refuses to go on with another key than the database was written under.</summary>
    public static void Check(Database database)
    {
        var sealedMark = Sealed.Close(Of(database), "entente"u8, "centre"u8);
        var kept = database.Write(async transaction =>
        {
            await transaction.Connection!.ExecuteAsync(
                "INSERT INTO node_key (name, sealed, made_at) VALUES (@Mark, @sealedMark, @now) ON CONFLICT DO NOTHING",
                new { Mark, sealedMark, now = database.Now() }, transaction);
            return await transaction.Connection!.QuerySingleAsync<byte[]>(
                "SELECT sealed FROM node_key WHERE name = @Mark", new { Mark }, transaction);
        }).GetAwaiter().GetResult();
        try
        {
            Sealed.Open(Of(database), kept, "centre"u8);
        }
        catch (CryptographicException)
        {
            throw new WrongKeyException(database.KeyFile);
        }
    }

    private static void WriteOnce(string path, byte[] key)
    {
        var temporary = $"{path}.{Guid.NewGuid():n}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary); // Another process was first; its key is the centre's.
        }
    }
}

/// <summary>A node was given another key than the one its centre's people are known by.</summary>
public sealed class WrongKeyException(string file)
    : Exception($"The key in {file} is not the one this database was written under. Every node needs the same file.");

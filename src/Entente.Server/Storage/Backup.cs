using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Entente.Server.Storage;

/// <summary>
/// <c>entente backup</c> and <c>entente restore</c> of the embedded database: a copy while the centre runs, and the way
/// back, each believed only once every chain in it was computed anew.
/// </summary>
public static class Backup
{
    /// <summary>
    /// Lies in the data folder after a restore: money stays where it is until somebody has reconciled it.
    /// </summary>
    public const string RestoredFile = "restored";

    /// <summary>
    /// Whether this centre was restored from a copy and nobody has said yet that its money is reconciled.
    /// </summary>
    public static bool IsUnreconciled(Database database) => File.Exists(Path.Combine(database.Folder, RestoredFile));

    public static async Task<int> Make(Settings settings, string file, TextWriter output, CancellationToken stop)
    {
        if (settings.Connection is not null)
        {
            await output.WriteLineAsync("PostgreSQL is copied by pg_dump or pg_basebackup (docs/operating.md)");
            return 2;
        }
        if (File.Exists(file) || !File.Exists(Path.Combine(settings.DataFolder, Database.FileName)))
        {
            await output.WriteLineAsync(
                File.Exists(file) ? $"{file} is there already" : $"no database in {settings.DataFolder}");
            return 2;
        }
        using (var from = new SqliteConnection($"Data Source={Path.Combine(settings.DataFolder, Database.FileName)}"))
        using (var to = new SqliteConnection($"Data Source={file};Pooling=false"))
        {
            await from.OpenAsync(stop);
            await to.OpenAsync(stop);
            from.BackupDatabase(to);
        }
        return await Verify(settings, file, output, stop);
    }

    public static async Task<int> Restore(Settings settings, string file, TextWriter output, CancellationToken stop)
    {
        var target = Path.Combine(settings.DataFolder, Database.FileName);
        if (settings.Connection is not null || !File.Exists(file) || File.Exists(target))
        {
            await output.WriteLineAsync(File.Exists(target)
                ? $"{target} is there already; a copy is restored into a folder without a database"
                : "needs a copy made by entente backup and a data folder");
            return 2;
        }
        if (await Verify(settings, file, output, stop) is not 0 and var broken) return broken;
        Directory.CreateDirectory(settings.DataFolder);
        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(settings.DataFolder, RestoredFile), now, stop);
        File.Copy(file, target);
        await output.WriteLineAsync(
            $"restored; remove {Path.Combine(settings.DataFolder, RestoredFile)} once the money is reconciled");
        return 0;
    }

    /// <summary>The copy by itself, with this centre's key and files.</summary>
    private static async Task<int> Verify(Settings settings, string file, TextWriter output, CancellationToken stop)
    {
        var aside = Directory.CreateTempSubdirectory("entente-copy-");
        try
        {
            File.Copy(file, Path.Combine(aside.FullName, Database.FileName));
            var files = Path.Combine(settings.DataFolder, "evidence");
            if (Directory.Exists(files)) Directory.CreateSymbolicLink(Path.Combine(aside.FullName, "evidence"), files);
            using var copy = new Database(aside.FullName, TimeProvider.System)
            {
                KeyFile = settings.KeyFile ?? Path.Combine(settings.DataFolder, CentreKey.FileName),
            };
            return await VerifyCommand.Tell(copy, output, stop);
        }
        finally
        {
            aside.Delete(recursive: true);
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Entente.Server.Evidence.Worker;

namespace Entente.Server.Evidence;

/// <summary>How a worker's work ended.</summary>
public enum WorkEnd { Made, Crashed, TimedOut }

/// <summary>
/// Starts one worker for one file: this program once more, under another command, without the centre's environment,
/// with limits of memory, time, processor and files, and where the system allows it without a network.
/// </summary>
public sealed partial class Workshop(EvidenceSettings settings)
{
    private const int ResultBytesMax = 8_000_000;
    private const int FilesMax = 2_000;
    private static readonly Lazy<IReadOnlyList<string>> Confined = new(Confinement.Find);

    /// <summary>What was made lies in the folder; whatever the worker did, the folder is all it leaves.</summary>
    public async Task<(WorkEnd End, Look? Look)> Make(string file, string folder, CancellationToken stop = default)
    {
        using var worker = Start(file, folder);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(settings.WorkerPatience);
        try
        {
            await worker.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            worker.Kill(entireProcessTree: true);
            await worker.WaitForExitAsync(CancellationToken.None);
            stop.ThrowIfCancellationRequested();
            return (WorkEnd.TimedOut, null);
        }
        return worker.ExitCode == 0 && Read(folder) is { } look ? (WorkEnd.Made, look) : (WorkEnd.Crashed, null);
    }

    private Process Start(string file, string folder)
    {
        string[] command =
        [
            .. Confined.Value, .. Confinement.Limits(settings), .. Confinement.Program(), LookWorker.Command, file,
                folder,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        // Whatever the centre knows by its environment is no business of somebody's file.
        start.Environment.Clear();
        foreach (var name in new[] { "PATH", "DOTNET_ROOT" })
            if (Environment.GetEnvironmentVariable(name) is { } value)
                start.Environment[name] = value;
        start.Environment["HOME"] = start.Environment["TMPDIR"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        var worker = Process.Start(start) ?? throw new IOException("The worker does not start.");
        worker.StandardInput.Close();
        worker.OutputDataReceived += (_, _) => { };
        worker.ErrorDataReceived += (_, _) => { };
        worker.BeginOutputReadLine();
        worker.BeginErrorReadLine();
        return worker;
    }

    /// <summary>A worker that read a hostile file may itself be hostile: its names are ours or they are none.</summary>
    private static Look? Read(string folder)
    {
        var result = new FileInfo(Path.Combine(folder, LookWorker.ResultFile));
        if (!result.Exists || result.Length > ResultBytesMax || result.LinkTarget is not null) return null;
        try
        {
            var look = Look.Read(File.ReadAllText(result.FullName));
            var files = look.Files.ToList();
            return files.Count <= FilesMax && files.All(name => IsOurs(folder, name)) ? look : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsOurs(string folder, string name) =>
        NamePattern().IsMatch(name) && new FileInfo(Path.Combine(folder, name)) is { Exists: true, LinkTarget: null };

    /// <summary>What files of a look are called.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name);

    [GeneratedRegex(@"^(part[0-9]{1,3}-){0,8}(thumb|copy|text|page-[0-9]{1,3})\.(jpg|png|pdf|txt|mp4|zip)$")]
    private static partial Regex NamePattern();
}

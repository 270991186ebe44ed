using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Entente.Server.Storage;
using Npgsql;

namespace Entente.Tests.Storage;

/// <summary>
/// A PostgreSQL of the tests' own: made in a temporary folder, on a free port of this machine, run by an unprivileged
/// user, and gone with the process that started it.
/// </summary>
public sealed class PostgresUnderTest : IDisposable
{
    private static readonly Lazy<PostgresUnderTest> ForAll = new(() => new PostgresUnderTest(isDurable: false));
    private static int _databases;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("entente-pg-");
    private readonly bool _isDurable;
    private readonly bool _isProfiled;
    private Process? _process;
    private string? _template;

    /// <param name="isDurable">Whether what is committed survives the machine; most tests need not wait.</param>
    /// <param name="isProfiled">Whether it counts what its statements take.</param>
    public PostgresUnderTest(bool isDurable, bool isProfiled = false)
    {
        (_isDurable, _isProfiled) = (isDurable, isProfiled);
        if (!Directory.Exists(Programs))
            throw new InvalidOperationException($"PostgreSQL 15 is not in {Programs}; ./test installs it.");
        if (IsRoot) Run("chown", "nobody:nogroup", _folder.FullName);
        RunAsOther("initdb", "-D", Data, "-U", "entente", "--auth=trust", "--no-sync", "-E",
            "UTF8", "--locale=C.UTF-8");
        Start();
    }

    /// <summary>The one that tests share; each takes a database of its own in it.</summary>
    public static PostgresUnderTest Shared => ForAll.Value;

    public int Port { get; } = FreePort();
    public static string Programs => "/usr/lib/postgresql/15/bin";
    private string Data => Path.Combine(_folder.FullName, "data");
    private string Durable => _isDurable ? "on" : "off";
    private static bool IsRoot => Environment.UserName == "root";
    private static string[] Profiled => ["-c", "shared_preload_libraries=pg_stat_statements"];
    private static string[] Nobody => IsRoot ? ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];

    public string ConnectionTo(string database) => $"Host=127.0.0.1;Port={Port};Username=entente;Database={database}";

    /// <summary>The folder a database's files lie in, with all that was written put there.</summary>
    public string FilesOf(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(
            "CHECKPOINT; SELECT oid::text FROM pg_database WHERE datname = current_database()", connection);
        return Path.Combine(Data, "base", (string)command.ExecuteScalar()!);
    }

    /// <summary>A new database of today's shape, copied rather than made.</summary>
    public string NewMigrated()
    {
        lock (_folder)
        {
            if (_template is null)
            {
                _template = NewDatabase();
                using var database = new Database(_folder.FullName, _template, TimeProvider.System);
                Migrations.Run(database);
            }
        }
        return NewDatabase(new NpgsqlConnectionStringBuilder(_template).Database!);
    }

    /// <summary>A new empty database, or a copy.</summary>
    public string NewDatabase(string template = "template1")
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(
            $"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log", connection);
        command.ExecuteNonQuery();
        return ConnectionTo(name);
    }

    public static void Drop(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        var name = given.Database;
        given.Database = "postgres";
        given.Pooling = false;
        using var connection = new NpgsqlConnection(given.ToString());
        connection.Open();
        using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
        command.ExecuteNonQuery();
    }

    public void Start()
    {
        // A thread that lives as long as the server: its death would be taken for the process's.
        var started = new TaskCompletionSource<Process>();
        new Thread(() =>
        {
            var process = Process.Start(AsOther(["--pdeathsig", "SIGQUIT", .. Nobody], "postgres",
                ["-D", Data, "-p", $"{Port}", "-h", "127.0.0.1", "-k", "", "-c", "max_connections=300", "-c",
                    "log_min_messages=fatal", "-c", "shared_buffers=128MB", "-c", "recovery_init_sync_method=syncfs",
                    "-c", $"fsync={Durable}", "-c", $"synchronous_commit={Durable}",
                    .. _isProfiled ? Profiled : []]))!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            started.SetResult(process);
            process.WaitForExit();
        }) { IsBackground = true, Name = "postgres" }.Start();
        _process = started.Task.Result;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
        WaitUntilItAnswers();
    }

    /// <summary>As if the power went: no checkpoint, connections cut.</summary>
    public void Crash()
    {
        if (_process is not { HasExited: false } running) return;
        Run("kill", "-QUIT", $"{running.Id}");
        running.WaitForExit();
    }

    /// <summary>The server stops answering, and holds every connection open.</summary>
    public void Freeze() => Everybody("-STOP");

    public void Thaw() => Everybody("-CONT");

    public void Dispose()
    {
        Crash();
        if (_folder.Exists) _folder.Delete(recursive: true);
        _folder.Refresh();
    }

    private void Everybody(string signal)
    {
        Run("kill", signal, $"{_process!.Id}");
        var children = File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children");
        foreach (var child in children.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Run("kill", signal, child);
    }

    private void WaitUntilItAnswers()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var connection = new NpgsqlConnection(ConnectionTo("postgres") + ";Pooling=false");
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (tries < 4000 && !_process!.HasExited)
            {
                Thread.Sleep(25); // Starting, or recovering.
            }
        }
    }

    private void RunAsOther(string program, params string[] arguments)
    {
        using var process = Process.Start(AsOther(Nobody, program, arguments))!;
        process.BeginOutputReadLine();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed: {said}");
    }

    /// <summary>PostgreSQL is never run by root.</summary>
    private ProcessStartInfo AsOther(string[] options, string program, string[] arguments) => new(
        "setpriv", ["--no-new-privs", .. options, Path.Combine(Programs, program), .. arguments])
    {
        WorkingDirectory = _folder.FullName,
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        Environment = { ["HOME"] = _folder.FullName, ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC" },
    };

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

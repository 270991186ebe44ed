using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Entente.Tests.Couriers;

/// <summary>A mail server on this machine that keeps what it is told, word
/// for word, and says no when asked to.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    public SmtpSink()
    {
        _listener.Start();
        _work = Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Answers to RCPT that stand before "250", in order.</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    /// <summary>The commands of all sessions.</summary>
    public ConcurrentQueue<string> Commands { get; } = new();

    /// <summary>The mails that were taken, as they came.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await Serve(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }

    private async Task Serve(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await Say(stream, "220 sink");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            Commands.Enqueue(line);
            await Say(stream, Answer(line));
            if (line == "DATA") await Say(stream, await Take(reader));
            if (line == "QUIT") return;
        }
    }

    private string Answer(string line) => line.Split(' ', ':')[0] switch
    {
        "EHLO" => "250-sink\r\n250 8BITMIME",
        "RCPT" => Refusals.TryDequeue(out var refusal) ? refusal : "250 ok",
        "DATA" => "354 go on",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    private async Task<string> Take(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line == ".")
            {
                Mails.Enqueue(mail.ToString());
                return "250 taken";
            }
            mail.Append(line).Append('\n');
        }
        return "451 cut off";
    }

    private Task Say(NetworkStream stream, string words) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"{words}\r\n"), _stop.Token).AsTask();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _work;
        _stop.Dispose();
    }
}

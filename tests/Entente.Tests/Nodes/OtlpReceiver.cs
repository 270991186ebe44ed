using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Entente.Tests.Nodes;

/// <summary>A collector that keeps whatever it is sent by OTLP over HTTP.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, string Body)> _received = new();

    public OtlpReceiver(int port)
    {
        Address = new($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = Task.Run(Receive);
    }

    public Uri Address { get; }

    /// <summary>Everything that came for a signal; names and texts stand in it as they are.</summary>
    public string Of(string signal) => string.Concat(
        _received.Where(sent => sent.Path == $"/v1/{signal}").Select(sent => sent.Body));

    public async Task<string> Until(string signal, params string[] named)
    {
        for (var patience = 0; patience < 600; patience++)
        {
            var all = Of(signal);
            if (named.All(name => all.Contains(name, StringComparison.Ordinal))) return all;
            await Task.Delay(100);
        }
        Assert.Fail($"{signal} lack {string.Join(", ", named.Where(name => !Of(signal).Contains(name)))}.");
        return "";
    }

    private async Task Receive()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                // Latin: every byte is a letter, and none is lost.
                _received.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    public void Dispose() => _listener.Close();
}

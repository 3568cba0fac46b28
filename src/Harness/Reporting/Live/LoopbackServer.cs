using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Harness.Reporting.Live;

/// <summary>Serves a live report to this machine alone: it listens on 127.0.0.1 and answers nobody who asks for another host.</summary>
public sealed class LoopbackServer : IDisposable
{
    /// <summary>How long a question for changes waits, so that a browser that is gone does not keep a connection for ever.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>Another process may take a free port before it is listened on.</summary>
    private const int Tries = 5;

    private readonly LiveReport report;
    private readonly HttpListener listener;

    private LoopbackServer(LiveReport report, HttpListener listener, int port)
    {
        (this.report, this.listener) = (report, listener);
        Address = new($"http://127.0.0.1:{port}/");
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="report">What it serves.</param>
    /// <param name="port">The port; any free one where null.</param>
    /// <exception cref="IOException">The port cannot be listened on.</exception>
    public static LoopbackServer Start(LiveReport report, int? port)
    {
        for (var tried = 1; ; tried++)
        {
            var chosen = port ?? FreePort();
            var listener = new HttpListener();
            listener.Prefixes.Add($"http://127.0.0.1:{chosen}/");
            try
            {
                listener.Start();
                return new(report, listener, chosen);
            }
            catch (Exception e) when (e is HttpListenerException or SocketException)
            {
                listener.Close();
                if (port is not null) throw new IOException($"--port {port} cannot be listened on ({e.Message}): name another, or none for any that is free.", e);
                if (tried == Tries) throw new IOException($"No port can be listened on: {e.Message}", e);
            }
        }
    }

    /// <summary>Answers until it is stopped.</summary>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using var closing = stop.Register(listener.Abort);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = AnswerAsync(await listener.GetContextAsync(), stop);
            }
            catch (Exception e) when (stop.IsCancellationRequested && e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    /// <summary>Ends listening.</summary>
    public void Dispose() => listener.Close();

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken stop)
    {
        try
        {
            var (status, type, content) = await ContentAsync(context.Request, stop);
            var response = context.Response;
            response.StatusCode = status;
            response.ContentType = type + "; charset=utf-8";
            response.Headers["Cache-Control"] = "no-store";
            response.Headers["X-Content-Type-Options"] = "nosniff";
            response.ContentLength64 = content.Length;
            if (context.Request.HttpMethod != "HEAD") await response.OutputStream.WriteAsync(content, stop);
            response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The browser went away, or the server ends.
        }
    }

    private async Task<(int Status, string Type, byte[] Content)> ContentAsync(HttpListenerRequest request, CancellationToken stop)
    {
        if (request.HttpMethod is not ("GET" or "HEAD")) return (405, "text/plain", "Only reading is possible."u8.ToArray());
        var path = request.Url!.AbsolutePath;
        if (path is "/" or "/index.html") return (200, "text/html", report.Page);
        if (path == "/changed")
        {
            var known = int.TryParse(request.QueryString["since"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
            await Task.WhenAny(report.Beyond(known), Task.Delay(LongestWait, stop));
            return (200, "text/plain", Encoding.ASCII.GetBytes(report.Version.ToString(CultureInfo.InvariantCulture)));
        }
        return File(path) is { } file ? (200, "text/plain", file) : (404, "text/plain", "There is nothing of that name."u8.ToArray());
    }

    /// <summary>The two files of a cell that the page links to, and no others.</summary>
    private byte[]? File(string path)
    {
        if (path.Split('/') is not ["", "cells", var key, var name] || !report.Run.CellKeys().Contains(key)) return null;
        var cell = report.Run.Cell(key);
        var file = name switch { "measurements.jsonl" => cell.MeasurementsPath, "log.clef" => cell.LogPath, _ => null };
        if (file is null || !System.IO.File.Exists(file)) return null;
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}

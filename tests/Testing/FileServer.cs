using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Testing;

/// <summary>A web server on the loopback that answers each request with the next of a list of replies, faults included.</summary>
public sealed class FileServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentQueue<FileReply> replies = new();
    private readonly Task serving;

    /// <summary>Starts it on a free port.</summary>
    /// <param name="replies">Given one after the other; a request beyond the last gets 500.</param>
    public FileServer(params IEnumerable<FileReply> replies)
    {
        foreach (var reply in replies) this.replies.Enqueue(reply);
        listener.Start();
        serving = ServeAsync();
    }

    /// <summary>The head of every request so far, one string each.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The address of a path on it.</summary>
    /// <param name="path">Without a slash at its beginning.</param>
    public string this[string path] => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/{path}";

    /// <summary>Closes it and every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        await serving;
        closing.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(AnswerAsync(await listener.AcceptTcpClientAsync(closing.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                var head = await ReadHeadAsync(stream);
                Requests.Enqueue(head);
                await (replies.TryDequeue(out var reply) ? reply : new([]) { Status = "500 Beyond The Script" }).SendAsync(head, stream, closing.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The client has hung up, as some tests want it to.
            }
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, closing.Token) > 0) head.Append((char)one[0]);
        return head.ToString();
    }
}

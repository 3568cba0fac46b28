using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Testing;

/// <summary>One answer of a <see cref="FileServer"/>: a file, with what goes wrong on its way.</summary>
/// <param name="content">The file.</param>
public sealed class FileReply(byte[] content)
{
    private readonly TaskCompletionSource silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Instead of 200 or 206: "404 Not Found".</summary>
    public string? Status { get; init; }

    /// <summary>Further header lines: "Location: …".</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>The entity tag, without quotes.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether a request for the rest gets the rest, where its condition holds.</summary>
    public bool HonoursRange { get; init; } = true;

    /// <summary>Whether it gives the rest of this file though the condition names another version.</summary>
    public bool IgnoresCondition { get; init; }

    /// <summary>The length it says the body has; the true one where null.</summary>
    public long? ClaimedLength { get; init; }

    /// <summary>Says no length: the end of the connection is the end of the file.</summary>
    public bool SaysNoLength { get; init; }

    /// <summary>Bytes of the body after which it closes the connection.</summary>
    public int? BreaksAfter { get; init; }

    /// <summary>Bytes of the body after which it is silent until the client hangs up; -1: before the head.</summary>
    public int? SilentAfter { get; init; }

    /// <summary>Completes when it has fallen silent.</summary>
    public Task Silent => silent.Task;

    internal async Task SendAsync(string request, NetworkStream stream, CancellationToken stop)
    {
        if (SilentAfter < 0)
        {
            await FallSilentAsync(stream, stop);
            return;
        }
        var start = Status is null ? Start(request) : 0;
        var body = content.AsMemory(start);
        var head = new StringBuilder($"HTTP/1.1 {Status ?? (start > 0 ? "206 Partial Content" : "200 OK")}\r\nConnection: close\r\n");
        if (!SaysNoLength) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {ClaimedLength ?? body.Length}\r\n");
        if (start > 0) head.Append(CultureInfo.InvariantCulture, $"Content-Range: bytes {start}-{content.Length - 1}/{content.Length}\r\n");
        if (Tag is not null) head.Append(CultureInfo.InvariantCulture, $"ETag: \"{Tag}\"\r\n");
        foreach (var line in Headers) head.Append(CultureInfo.InvariantCulture, $"{line}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), stop);
        await stream.WriteAsync(body[..Math.Min(body.Length, BreaksAfter ?? SilentAfter ?? body.Length)], stop);
        if (SilentAfter >= 0) await FallSilentAsync(stream, stop);
    }

    private int Start(string request)
    {
        var range = Regex.Match(request, @"^Range: bytes=(\d+)-\r$", RegexOptions.Multiline);
        if (!range.Success || !HonoursRange) return 0;
        var condition = Regex.Match(request, "^If-Range: \"(.*)\"\r$", RegexOptions.Multiline);
        return condition.Success && condition.Groups[1].Value != Tag && !IgnoresCondition ? 0 : int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private async Task FallSilentAsync(NetworkStream stream, CancellationToken stop)
    {
        silent.TrySetResult();
        // A client sends nothing after its request; the read ends when it hangs up.
        _ = await stream.ReadAsync(new byte[1], stop);
    }
}

using System.Net;
using System.Net.Http.Headers;

namespace Harness.Fetching;

/// <summary>One try at one address: asks for what a partial file lacks and appends what comes.</summary>
internal sealed class Transfer(HttpClient client, TimeProvider clock, FetchPolicy policy, FreeSpace space)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Runs until the server has sent the whole file.</summary>
    /// <param name="file">What is published of it.</param>
    /// <param name="address">Where it is asked for.</param>
    /// <param name="partial">What is there and grows.</param>
    /// <param name="progress">Hears of it.</param>
    /// <param name="stop">Ends it; the partial file is kept.</param>
    /// <exception cref="TransferException">The server did not send it.</exception>
    /// <exception cref="FetchException">It cannot be kept: the disk is full or not writable.</exception>
    public async Task RunAsync(DatasetFile file, Uri address, PartialFile partial, IFetchProgress progress, CancellationToken stop)
    {
        using var stall = new CancellationTokenSource(policy.StallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, stall.Token);
        try
        {
            using var request = Request(file, address, partial);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var total = Accept(answer, file, address, partial, progress);
            space.Require(partial.Folder, (total ?? partial.Length) - partial.Length);
            await using var body = await answer.Content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[BufferBytes];
            while (true)
            {
                stall.CancelAfter(policy.StallTimeout);
                var read = await body.ReadAsync(buffer, either.Token);
                if (read == 0) break;
                if (partial.Length + read > total)
                {
                    partial.Clear();
                    throw new TransferException($"sends more than the {total} bytes expected", again: false);
                }
                partial.Append(buffer.AsSpan(0, read));
                progress.At(partial.Length, total);
            }
            if (partial.Length < total) throw new TransferException($"broke off after {partial.Length} of {total} bytes", again: true);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TransferException($"sent nothing for {policy.StallTimeout.TotalSeconds:0} s", again: true);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // The name of the host that is not known or does not answer is in the innermost message.
            throw new TransferException($"broke off: {e.GetBaseException().Message}", again: true, inner: e);
        }
    }

    private static HttpRequestMessage Request(DatasetFile file, Uri address, PartialFile partial)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (partial.Length == 0) return request;
        // Without a version to ask for, only a checksum would tell a mixture of two; without either it is begun anew. So it is after a change of address.
        if (partial.Origin is not { } origin || origin.Address != address.AbsoluteUri || (origin.Condition is null && file.Checksum is null)) return request;
        request.Headers.Range = new RangeHeaderValue(partial.Length, null);
        request.Headers.IfRange = origin.Condition;
        return request;
    }

    /// <summary>Judges an answer by its headers, and makes the partial file end where the body begins.</summary>
    /// <returns>The length of the whole file; null where nobody says.</returns>
    private static long? Accept(HttpResponseMessage answer, DatasetFile file, Uri address, PartialFile partial, IFetchProgress progress)
    {
        var status = (int)answer.StatusCode;
        var offered = Origin.Of(address, answer);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                RequirePublishedLength(file, offered);
                if (partial.Length > 0) progress.Say($"{file.Name} is begun anew: {address} does not continue it, or has another version now.");
                partial.Begin(offered);
                break;
            case HttpStatusCode.PartialContent:
                RequirePublishedLength(file, offered);
                if (answer.RequestMessage?.Headers.Range is null || answer.Content.Headers.ContentRange?.From != partial.Length || partial.Origin is not { } origin || origin.Differs(offered))
                {
                    partial.Clear();
                    throw new TransferException("sent another part than was asked for, or a part of another version", again: true);
                }
                offered = offered with { Length = offered.Length ?? origin.Length };
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when partial.Length > 0:
                partial.Clear();
                throw new TransferException("has a shorter file now", again: true);
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                throw new TransferException($"answers {status} {answer.ReasonPhrase}".TrimEnd(), again: true, answer.Headers.RetryAfter?.Delta);
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                throw new TransferException($"redirects to '{(answer.Headers.NonValidated.TryGetValues("Location", out var there) ? there.ToString() : "")}', which is not followed", again: false);
            default:
                throw new TransferException($"answers {status} {answer.ReasonPhrase}".TrimEnd(), again: false);
        }
        return file.Length ?? offered.Length;
    }

    private static void RequirePublishedLength(DatasetFile file, Origin offered)
    {
        if (file.Length is { } published && offered.Length is { } said && said != published)
            throw new TransferException($"has a file of {said} bytes where {published} are published", again: false);
    }
}

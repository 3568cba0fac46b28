namespace Harness.Fetching;

/// <summary>Fetches one published file: address after address, try after try, and names it only when it is what was published.</summary>
/// <param name="client">Sends the requests.</param>
/// <param name="clock">Tells how long a server is silent, and when to try again.</param>
/// <param name="policy">How patient it is.</param>
/// <param name="space">Refuses what does not fit.</param>
public sealed class FileFetch(HttpClient client, TimeProvider clock, FetchPolicy policy, FreeSpace space)
{
    private readonly Transfer transfer = new(client, clock, policy, space);

    /// <summary>Fetches a file that is not there. What an earlier fetch left in <c>NAME.part</c> is continued.</summary>
    /// <param name="file">What is published of it.</param>
    /// <param name="path">Its full path; its folder is made.</param>
    /// <param name="progress">Hears of it.</param>
    /// <param name="stop">Ends it; what was received is kept.</param>
    /// <exception cref="FetchException">No address gave it, or it cannot be kept.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task FetchAsync(DatasetFile file, string path, IFetchProgress progress, CancellationToken stop)
    {
        using var partial = PartialFile.Open(path);
        var reasons = new List<string>();
        foreach (var address in file.Addresses.Select(Web))
        {
            try
            {
                await FetchAsync(file, address, partial, progress, stop);
                partial.TakeName();
                return;
            }
            catch (TransferException e)
            {
                reasons.Add($"{address} {e.Message}");
                progress.Say(reasons[^1] + ".");
            }
        }
        var kept = partial.Length > 0 ? $" The {ByteCount.Text(partial.Length)} received are kept: the same command continues." : "";
        throw new FetchException($"{file.Name} could not be fetched: {(reasons.Count > 0 ? string.Join("; ", reasons) : "its card names no address")}.{kept}");
    }

    private async Task FetchAsync(DatasetFile file, Uri address, PartialFile partial, IFetchProgress progress, CancellationToken stop)
    {
        var furthest = partial.Length;
        for (var failures = 1; ; failures++)
        {
            try
            {
                await TryAsync(file, address, partial, progress, stop);
                return;
            }
            catch (TransferException e) when (e.Again)
            {
                if (partial.Length >= furthest + policy.Headway) failures = 1;
                furthest = Math.Max(furthest, partial.Length);
                if (failures >= policy.Tries) throw;
                var wait = policy.Wait(failures, e.Wait);
                progress.Say($"{address} {e.Message}; trying again in {wait.TotalSeconds:0} s.");
                await Task.Delay(wait, clock, stop);
            }
        }
    }

    private async Task TryAsync(DatasetFile file, Uri address, PartialFile partial, IFetchProgress progress, CancellationToken stop)
    {
        var before = partial.Length;
        // A fetch that was killed after the last byte left all of it.
        if (before == 0 || before != (file.Length ?? partial.Origin?.Length)) await transfer.RunAsync(file, address, partial, progress, stop);
        if (await partial.FaultAsync(file, stop) is not { } fault) return;
        partial.Clear();
        // What was put together from several tries gets one more from the first byte on; what came in one piece is what this address has.
        throw new TransferException($"sent a file that {fault}", again: before > 0);
    }

    private static Uri Web(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri
            : throw new FetchException($"'{address}' is not a web address: the plugin's author has to mend its card.");
}

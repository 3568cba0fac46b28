using Harness.Running;

namespace Harness.Fetching;

/// <summary>The HTTP client that data sets are fetched with: no credentials, no cookies, redirects to http and https addresses only, bytes as they are.</summary>
public static class FetchClient
{
    /// <summary>Makes it; the caller disposes it.</summary>
    public static HttpClient Create()
    {
        // Decompresses nothing: checksums are of the bytes as they are published.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(30),
        };
        // How long a server may be silent is the transfer's to decide.
        var client = new HttpClient(new WebRedirects(handler)) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("harness", HostVersions.Harness));
        return client;
    }
}

using System.Net;

namespace Harness.Fetching;

/// <summary>
/// Follows redirects to web addresses, never from https down to http. SocketsHttpHandler's own following would speak HTTP to whatever host and port an ftp: or
/// file: address names.
/// </summary>
/// <param name="inner">Sends each request; follows none itself.</param>
internal sealed class WebRedirects(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int Most = 10;

    /// <summary>Sends a GET; a redirect that is not followed is returned as the answer.</summary>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        for (var followed = 0; followed < Most && Next(request.RequestUri!, answer) is { } next; followed++)
        {
            answer.Dispose();
            request.RequestUri = next;
            answer = await base.SendAsync(request, cancellationToken);
        }
        return answer;
    }

    private static Uri? Next(Uri here, HttpResponseMessage answer)
    {
        if (answer.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)
            || answer.Headers.Location is not { } location) return null;
        var next = new Uri(here, location);
        return next.Scheme == Uri.UriSchemeHttps || (next.Scheme == Uri.UriSchemeHttp && here.Scheme == Uri.UriSchemeHttp) ? next : null;
    }
}

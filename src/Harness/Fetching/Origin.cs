using System.Net;
using System.Net.Http.Headers;

namespace Harness.Fetching;

/// <summary>Where the bytes of a partial file came from, kept beside it: only the same version of the same file is continued.</summary>
/// <param name="Address">The address asked, before any redirect.</param>
/// <param name="ETag">The strong entity tag of the version, or null.</param>
/// <param name="LastModified">When the server says the version was made, or null.</param>
/// <param name="Length">Bytes of the whole file, or null where the server did not say.</param>
internal sealed record Origin(string Address, string? ETag = null, DateTimeOffset? LastModified = null, long? Length = null)
{
    /// <summary>What an answer that begins at the first byte says of itself.</summary>
    public static Origin Of(Uri address, HttpResponseMessage answer) => new(
        address.AbsoluteUri,
        answer.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null,
        answer.Content.Headers.LastModified,
        answer.StatusCode == HttpStatusCode.OK ? answer.Content.Headers.ContentLength : answer.Content.Headers.ContentRange?.Length);

    /// <summary>The condition under which the server is to continue this version, else to send the new one whole; null where it named no version.</summary>
    public RangeConditionHeaderValue? Condition =>
        EntityTagHeaderValue.TryParse(ETag, out var tag) ? new(tag) : LastModified is { } date ? new(date) : null;

    /// <summary>Whether the answer to a request for the rest is of another version, as far as both sides say.</summary>
    public bool Differs(Origin rest) =>
        (ETag is not null && rest.ETag is not null && ETag != rest.ETag)
        || (LastModified is not null && rest.LastModified is not null && LastModified != rest.LastModified)
        || (Length is not null && rest.Length is not null && Length != rest.Length);
}

using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Harness.Fetching;

/// <summary>A published checksum. MD5 only tells damage, not malice; it is what most authors publish.</summary>
/// <param name="Algorithm">MD5 or SHA-256.</param>
/// <param name="Hex">Lower-case hex.</param>
internal sealed partial record Checksum(HashAlgorithmName Algorithm, string Hex)
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Reads "md5:…" or "sha256:…".</summary>
    /// <exception cref="FetchException">It is neither.</exception>
    public static Checksum Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) throw new FetchException($"The checksum '{text}' is neither 'md5:' with 32 nor 'sha256:' with 64 lower-case hex digits: the plugin's author has to mend its card.");
        return new(match.Groups["md5"].Success ? HashAlgorithmName.MD5 : HashAlgorithmName.SHA256, match.Groups["hex"].Value);
    }

    /// <summary>The checksum of the same kind of a stream, from where it stands to its end.</summary>
    public async Task<Checksum> OfAsync(Stream stream, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(Algorithm);
        var buffer = new byte[BufferBytes];
        for (int read; (read = await stream.ReadAsync(buffer, stop)) > 0;) hash.AppendData(buffer, 0, read);
        return this with { Hex = Convert.ToHexStringLower(hash.GetHashAndReset()) };
    }

    /// <summary>As a card spells it.</summary>
    public override string ToString() => (Algorithm == HashAlgorithmName.MD5 ? "md5:" : "sha256:") + Hex;

    [GeneratedRegex(@"\A(?:(?<md5>md5:)(?<hex>[0-9a-f]{32})|sha256:(?<hex>[0-9a-f]{64}))\z")]
    private static partial Regex Form();
}

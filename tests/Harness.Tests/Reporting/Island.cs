using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Harness.Tests.Reporting;

/// <summary>The numbers a page carries.</summary>
internal static class Island
{
    public static JsonElement Of(string page, string id = "data")
    {
        var packed = Regex.Match(page, $"id=\"{id}\">(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        using var json = new GZipStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        return JsonDocument.Parse(json).RootElement;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Harness.Manifests;

/// <summary>A number of bytes as people write it: <c>8GiB</c>, <c>1.5 GB</c>, <c>500MB</c>. In JSON it is the number.</summary>
/// <param name="Bytes">How many.</param>
[JsonConverter(typeof(AsNumber))]
public readonly partial record struct ByteSize(long Bytes)
{
    /// <summary>What a sentence calls one.</summary>
    public const string Wanted = "a number of bytes with its unit, such as 8GiB or 500MB";

    private static readonly string[] Binary = ["B", "KiB", "MiB", "GiB", "TiB"];

    private static readonly string[] Decimal = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Reads one.</summary>
    /// <param name="text">A number with a unit: powers of 1024 (KiB, MiB, GiB, TiB) or of 1000 (kB, MB, GB, TB).</param>
    /// <returns>It, or null where the text is none.</returns>
    public static ByteSize? Parse(string text)
    {
        var match = Number().Match(text);
        if (!match.Success) return null;
        var unit = match.Groups["unit"].Value;
        var (power, thousand) = Array.IndexOf(Binary, unit) is var binary and >= 0 ? (binary, 1024.0) : (Array.IndexOf(Decimal, unit), 1000.0);
        var bytes = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * Math.Pow(thousand, power);
        return bytes < 1e18 ? new((long)bytes) : null;
    }

    /// <summary>It with three digits: "8 GiB", "812 MiB".</summary>
    public override string ToString()
    {
        var power = Bytes < 1024 ? 0 : Math.Min((int)Math.Log(Bytes, 1024), Binary.Length - 1);
        var number = Bytes / Math.Pow(1024, power);
        return string.Create(CultureInfo.InvariantCulture, $"{number.ToString(number < 100 && power > 0 ? "0.##" : "0", CultureInfo.InvariantCulture)} {Binary[power]}");
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,9}(?:\.[0-9]{1,6})?) ?(?<unit>B|KiB|MiB|GiB|TiB|kB|MB|GB|TB)\z")]
    private static partial Regex Number();

    private sealed class AsNumber : JsonConverter<ByteSize>
    {
        public override ByteSize Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, ByteSize value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Bytes);
    }
}

using System.Text.Json;
using Harness.Results;

namespace Harness.Exporting;

/// <summary>What was written of a cell.</summary>
/// <param name="Epoch">The epoch after which its weights are.</param>
/// <param name="Weights">The file of its weights.</param>
/// <param name="Features">The file of its features; null where there are none.</param>
/// <param name="WithoutFeatures">Why there are no features, as a sentence.</param>
public sealed record ExportedCell(int Epoch, string Weights, string? Features = null, string? WithoutFeatures = null)
{
    /// <summary>As one line of JSON.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json.Line);

    /// <summary>Back from a line; null where it is none.</summary>
    public static ExportedCell? FromLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<ExportedCell>(line, Json.Line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using Harness.Results;

namespace Testing;

/// <summary>A cell's measurements as their file has them, since lists within a record compare by reference.</summary>
public static class MeasurementLines
{
    /// <summary>One line a measurement.</summary>
    public static IReadOnlyList<string> Of(CellRecord cell) => [.. cell.Measurements.Select(m => JsonSerializer.Serialize(m, Json.Line))];
}

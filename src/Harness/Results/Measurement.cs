using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>One line of measurements.jsonl: one quantity at one epoch. Holds no clock time, so that two runs of one cell compare byte for byte.</summary>
/// <param name="Epoch">The epoch at the end of which it was measured, from 1.</param>
/// <param name="Metric">The metric plugin.</param>
/// <param name="Quantity">The quantity's name within it.</param>
/// <param name="Split">The images, or null where it is of the weights alone.</param>
/// <param name="Value">The number, or null where it is a curve, a matrix or pictures, or the metric failed.</param>
/// <param name="StandardError">Its standard error over the sampled images, where known.</param>
/// <param name="X">Positions of a curve.</param>
/// <param name="Y">Values of a curve.</param>
/// <param name="Matrix">A matrix.</param>
/// <param name="Pictures">Pictures, their pixels in base64.</param>
/// <param name="Error">Why the metric gave nothing at this epoch; then <paramref name="Quantity"/> is empty.</param>
[JsonConverter(typeof(MeasurementConverter))]
public sealed record Measurement(
    int Epoch, string Metric, string Quantity, Split? Split = null, double? Value = null, double? StandardError = null,
    IReadOnlyList<double>? X = null, IReadOnlyList<double>? Y = null, MeasuredMatrix? Matrix = null, IReadOnlyList<PictureRow>? Pictures = null, string? Error = null)
{
    /// <summary>Identifies the quantity across cells.</summary>
    [JsonIgnore]
    public string Id => $"{Metric}/{Quantity}";
}

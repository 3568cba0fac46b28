using System.Text.Json;
using Harness.Results;

namespace Harness.Measuring.Elsewhere;

/// <summary>What was measured of a file of features.</summary>
public sealed record FileMeasurement
{
    /// <summary>Number of classes C.</summary>
    public required int Classes { get; init; }

    /// <summary>Feature dimension p.</summary>
    public required long FeatureDimension { get; init; }

    /// <summary>Training images.</summary>
    public required long TrainCount { get; init; }

    /// <summary>Test images; null where the file has none.</summary>
    public long? TestCount { get; init; }

    /// <summary>The numbers and curves, in the order of the metrics.</summary>
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>The metrics that gave none, with the reason.</summary>
    public required IReadOnlyList<NotMeasured> NotMeasured { get; init; }

    /// <summary>Opens a file and runs metrics on it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="metrics">Names and metrics, in the order wanted.</param>
    /// <param name="log">Gets the exception of a metric that throws, with its stack.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FeatureFileException">The file cannot be measured.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public static FileMeasurement Of(string path, IReadOnlyList<(string Name, IMetric Metric)> metrics, Action<string> log, CancellationToken cancellation)
    {
        using var snapshot = FeatureFile.Open(path, cancellation);
        var measured = new List<Measurement>();
        var not = new List<NotMeasured>();
        var able = new List<(string, IMetric)>();
        foreach (var (name, metric) in metrics)
            if (Lacking(snapshot, metric.Card.Needs) is { } reason) not.Add(new(name, reason));
            else able.Add((name, metric));
        new MetricRunner(measured.Add, log).Run(snapshot, able);
        var train = snapshot.Features(Split.Train);
        return new()
        {
            Classes = snapshot.Classes,
            FeatureDimension = train.Dimension,
            TrainCount = train.Count,
            TestCount = snapshot.Has(MetricNeeds.TestFeatures) ? snapshot.Features(Split.Test).Count : null,
            Measurements = [.. measured.Where(m => m.Error is null)],
            NotMeasured = [.. not, .. measured.Where(m => m.Error is not null).Select(m => new NotMeasured(m.Metric, m.Error!, Failed: true))],
        };
    }

    /// <summary>As one line of JSON.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json.Line);

    /// <summary>Back from a line; null where it is none.</summary>
    public static FileMeasurement? FromLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<FileMeasurement>(line, Json.Line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Lacking(Snapshot snapshot, MetricNeeds needs) =>
        !snapshot.Has(needs & MetricNeeds.Network) ? "it needs the network itself, which no file of features holds"
        : !snapshot.Has(needs & MetricNeeds.OutOfDistribution) ? "it needs images out of distribution, which no file of features holds"
        : !snapshot.Has(needs & MetricNeeds.TestFeatures) ? $"it needs '{FeatureFile.TestFeatures}' and '{FeatureFile.TestLabels}', which the file does not hold"
        : null;
}

/// <summary>A metric that gave no number.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Reason">Why, as a clause.</param>
/// <param name="Failed">Whether it could have: it threw.</param>
public sealed record NotMeasured(string Metric, string Reason, bool Failed = false);

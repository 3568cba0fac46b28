using Harness.Measuring.Elsewhere;
using Harness.Results;
using Testing;

namespace Harness.Tests.Measuring.Elsewhere;

public sealed class FileMeasurementTests : IDisposable
{
    private static readonly Quantity Images = new() { Name = "images", Title = "Images", Formula = "N", Source = "None" };

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void AMetricRunsOnWhatTheFileHoldsAndOthersSayWhatTheyLack()
    {
        Write();
        var measured = FileMeasurement.Of(
            scratch["f.safetensors"],
            [
                ("counts", Metric(MetricNeeds.TrainFeatures, MetricNeeds.TestFeatures)), ("pairs", Metric(MetricNeeds.TrainFeatures | MetricNeeds.TestFeatures)),
                ("attack", Metric(MetricNeeds.Network)), ("greedy", Metric(MetricNeeds.None)),
            ],
            _ => { }, TestContext.Current.CancellationToken);

        Assert.Equal([new Measurement(0, "counts", "images", Split.Train, 2)], measured.Measurements);
        Assert.Equal((2, 2, 2, null), (measured.Classes, measured.FeatureDimension, measured.TrainCount, measured.TestCount));
        Assert.Equal(["pairs", "attack", "greedy"], measured.NotMeasured.Select(n => n.Metric));
        Assert.Contains("'test_features'", measured.NotMeasured[0].Reason);
        Assert.Contains("the network itself", measured.NotMeasured[1].Reason);
        Assert.Equal([false, false, true], measured.NotMeasured.Select(n => n.Failed));
    }

    [Fact]
    public void ComesBackFromItsLine()
    {
        Write();
        var measured = FileMeasurement.Of(scratch["f.safetensors"], [("counts", Metric(MetricNeeds.TrainFeatures))], _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(measured.Measurements, FileMeasurement.FromLine(measured.ToLine())!.Measurements);
        Assert.Null(FileMeasurement.FromLine("a plugin says hello"));
    }

    private static Counting Metric(MetricNeeds needs, MetricNeeds uses = MetricNeeds.None) => new(needs, uses);

    private void Write() => File.WriteAllBytes(scratch["f.safetensors"], new HandWrittenSafetensors()
        .Add("features", "F32", [2, 2], [1, 0, 0, 1]).Add("labels", "I64", [2], [0, 1]).Add("weight", "F32", [2, 2], [1, 0, 0, 1]).Bytes());

    private sealed class Counting(MetricNeeds needs, MetricNeeds uses) : IMetric
    {
        public MetricCard Card { get; } = new() { Quantities = [Images], Needs = needs, Uses = uses, Cost = "None." };

        public void Measure(Snapshot snapshot, IMeasurementSink sink)
        {
            if (needs == MetricNeeds.None) snapshot.Features(Split.Train);
            foreach (var split in snapshot.Splits) sink.Scalar(Images, split, snapshot.Features(split).Count);
        }
    }
}

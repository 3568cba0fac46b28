using Harness;

namespace FaultyPlugins;

/// <summary>A metric that throws at every second epoch.</summary>
[Plugin("throwing", Summary = "Throws at even epochs.")]
public sealed class ThrowingMetric : IMetric
{
    private static readonly Quantity Epoch = new() { Name = "epoch", Title = "The epoch", Formula = "t", Source = "none" };

    /// <inheritdoc/>
    public MetricCard Card { get; } = new() { Quantities = [Epoch], Needs = MetricNeeds.None, Cost = "nothing" };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        if (snapshot.Epoch % 2 == 0) throw new InvalidOperationException("even epochs are not for me");
        sink.Scalar(Epoch, null, snapshot.Epoch);
    }
}

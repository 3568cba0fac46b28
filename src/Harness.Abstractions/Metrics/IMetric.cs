namespace Harness;

/// <summary>A measurement: a snapshot of a network in, numbers out. Pure: the same snapshot gives the same numbers.</summary>
public interface IMetric
{
    /// <summary>What is measured and what that needs; known without libtorch.</summary>
    MetricCard Card { get; }

    /// <summary>
    /// Measures one snapshot. Called on the cell's thread inside a dispose scope, with gradients off; a metric that needs them turns them on
    /// (<c>torch.enable_grad()</c>) and uses <c>backward()</c>, never <c>autograd.grad</c>, whose errors end the process.
    /// </summary>
    /// <remarks>A metric that throws loses its own numbers for that epoch and nothing else; the log and the report say so.</remarks>
    /// <param name="snapshot">The network and its features. Its tensors belong to the host: do not dispose or change them.</param>
    /// <param name="sink">Receives each result as soon as it is known.</param>
    void Measure(Snapshot snapshot, IMeasurementSink sink);
}

using Harness.Results;
using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Runs metrics on a snapshot. A metric that throws loses its own numbers of that epoch and nothing else.</summary>
/// <param name="emit">Gets each metric's measurements as soon as it has returned; where it threw, one with <see cref="Measurement.Error"/> set.</param>
/// <param name="log">Gets a metric's exception with its stack.</param>
/// <param name="history">What was reported at earlier epochs, or null where nothing was.</param>
public sealed class MetricRunner(Action<Measurement> emit, Action<string> log, MeasurementHistory? history = null)
{
    private readonly MeasurementHistory history = history ?? new();

    /// <summary>
    /// Runs each metric in a dispose scope of its own with gradients off. Gradient mode, <c>requires_grad</c> and gradients of the network's parameters are
    /// afterwards as they were, also where the metric threw.
    /// </summary>
    /// <param name="snapshot">The snapshot; each metric sees what its card declares.</param>
    /// <param name="metrics">Plugin names and metrics, run in this order.</param>
    /// <exception cref="OperationCanceledException">The run is to stop; the metric that was running reports nothing.</exception>
    public void Run(EpochSnapshot snapshot, IEnumerable<(string Name, IMetric Metric)> metrics)
    {
        foreach (var (name, metric) in metrics)
        {
            snapshot.Cancellation.ThrowIfCancellationRequested();
            foreach (var measurement in Measure(snapshot, name, metric)) emit(measurement);
        }
    }

    private IReadOnlyList<Measurement> Measure(EpochSnapshot snapshot, string name, IMetric metric)
    {
        try
        {
            using var guard = new GradientGuard(snapshot.Classifier);
            using var noGradients = no_grad();
            using var scope = NewDisposeScope();
            var buffer = new MeasurementBuffer(snapshot.Epoch, name, metric.Card);
            metric.Measure(new DeclaredView(snapshot, name, metric.Card.Needs | metric.Card.Uses, history), buffer);
            return buffer.Reported;
        }
        catch (Exception error) when (error is not OperationCanceledException || !snapshot.Cancellation.IsCancellationRequested)
        {
            log($"Metric '{name}' failed at epoch {snapshot.Epoch} and reports nothing for it: {error}");
            // Without the native stack, whose addresses would make two runs of one cell differ.
            return [new(snapshot.Epoch, name, Quantity: "", Split: null, Value: null, Error: $"{error.GetType().Name}: {LibtorchMessage.WithoutStack(error.Message)}")];
        }
    }
}

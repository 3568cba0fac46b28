using Harness.Manifests;
using Harness.Measuring;

namespace Harness.Training;

/// <summary>What the training loop tells, in this order within an epoch.</summary>
public interface ITrainingObserver
{
    /// <summary>A step begins.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="step">From 1.</param>
    /// <param name="steps">In the epoch.</param>
    void Steps(int epoch, int step, int steps);

    /// <summary>An epoch's steps are done.</summary>
    /// <param name="epoch">What they showed.</param>
    void Trained(TrainedEpoch epoch);

    /// <summary>The epoch is one of those measured.</summary>
    /// <param name="snapshot">The network at its end; the loop disposes it.</param>
    /// <param name="due">The metrics to run.</param>
    void Measure(EpochSnapshot snapshot, IEnumerable<MetricUse> due);

    /// <summary>All of the epoch is done: a good moment for a checkpoint.</summary>
    /// <param name="state">How far the training is.</param>
    void EpochEnded(TrainingState state);
}

using Harness.Manifests;
using Harness.Measuring;
using Harness.Training;

namespace Harness.Tests.Training;

/// <summary>Keeps what a training loop tells.</summary>
internal sealed class RecordingObserver : ITrainingObserver
{
    public List<TrainedEpoch> Epochs { get; } = [];

    public List<(int Epoch, string[] Metrics, long TrainErrors, bool AtEnds)> Measured { get; } = [];

    public List<TrainingState> States { get; } = [];

    public Action<TrainingState>? OnEpochEnded { get; init; }

    public List<(int Epoch, int Step, int Steps)> StepsBegun { get; } = [];

    public void Steps(int epoch, int step, int steps) => StepsBegun.Add((epoch, step, steps));

    public void Trained(TrainedEpoch epoch) => Epochs.Add(epoch);

    public void Measure(EpochSnapshot snapshot, IEnumerable<MetricUse> due) =>
        Measured.Add((snapshot.Epoch, [.. due.Select(m => m.Plugin)], snapshot.Errors(Split.Train), snapshot.AtEnds));

    public void EpochEnded(TrainingState state)
    {
        States.Add(state);
        OnEpochEnded?.Invoke(state);
    }
}

using Harness.Images;
using Harness.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

[Collection(nameof(DrawsFromLibtorch))]
public sealed class TrainingLoopTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("training-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void ReachesTheTerminalPhaseMarksItAndMeasuresThere()
    {
        using var scope = NewDisposeScope();
        var spec = TinyCell.Spec(20, measured: [1, 10]);
        var (network, train, sgd) = TinyCell.Make(spec);
        var observer = new RecordingObserver();
        var end = new TrainingLoop(spec, network, train, sgd, CPU, observer).Run(TrainingState.Start, CancellationToken.None, CancellationToken.None);

        Assert.Equal(20, end.Epoch);
        var terminal = Assert.NotNull(end.TerminalPhaseEpoch);
        // 90 images at 99.9 %: the terminal phase starts with exact zero error, so both are the same epoch.
        Assert.Equal(terminal, end.ZeroErrorEpoch);
        Assert.Equal(new SortedSet<int> { 1, 10, terminal, 20 }, new SortedSet<int>(observer.Measured.Select(m => m.Epoch)));
        Assert.All(observer.Measured.Where(m => m.Epoch < terminal), m => Assert.True(m.TrainErrors > 0));
        Assert.Equal(0, observer.Measured.Single(m => m.Epoch == terminal).TrainErrors);
        // The metric asked for at the ends runs there alone, the other at every measured epoch.
        Assert.All(observer.Measured, m => Assert.Equal(m.Epoch == terminal || m.Epoch == 20, m.Metrics.Contains("ends")));
        Assert.All(observer.Measured, m => Assert.Equal(m.Metrics.Contains("ends"), m.AtEnds));
        Assert.All(observer.Measured, m => Assert.Contains("counting", m.Metrics));
        Assert.True(observer.Epochs[^1].Loss < observer.Epochs[0].Loss / 4);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBitsAndAnotherDoesNot()
    {
        Assert.Equal(Train(TinyCell.Spec(4)), Train(TinyCell.Spec(4)));
        Assert.NotEqual(Train(TinyCell.Spec(4)), Train(TinyCell.Spec(4, seed: 1)));
    }

    [Fact]
    public void StreamedImagesGiveTheSameBits()
    {
        using var scope = NewDisposeScope();
        var spec = TinyCell.Spec(5, measured: [1, 3]);
        var (resident, streamed) = (new RecordingObserver(), new RecordingObserver());
        Assert.Equal(Train(ImagePlacement.Resident, resident), Train(ImagePlacement.Streamed, streamed));
        Assert.Equal(resident.Epochs, streamed.Epochs);
        Assert.Equal(resident.States, streamed.States);
        Assert.Equal(resident.Measured.Select(m => (m.Epoch, m.TrainErrors)), streamed.Measured.Select(m => (m.Epoch, m.TrainErrors)));

        float[] Train(ImagePlacement placement, RecordingObserver observer)
        {
            var (network, train, sgd) = TinyCell.Make(spec, placement: placement);
            new TrainingLoop(spec, network, train, sgd, CPU, observer).Run(TrainingState.Start, CancellationToken.None, CancellationToken.None);
            return TinyCell.Weights(network);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void InterruptedAndContinuedGivesTheSameBits(int interruptedAfter)
    {
        using var scope = NewDisposeScope();
        var spec = TinyCell.Spec(6, measured: [2, 4]);
        var whole = Train(spec);

        using var stop = new CancellationTokenSource();
        var checkpoint = new Checkpoint(folder);
        var (network, train, sgd) = TinyCell.Make(spec);
        var observer = new RecordingObserver
        {
            OnEpochEnded = state =>
            {
                if (state.Epoch != interruptedAfter) return;
                checkpoint.Save(state, network.Classifier, sgd);
                stop.Cancel();
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => new TrainingLoop(spec, network, train, sgd, CPU, observer).Run(TrainingState.Start, stop.Token, CancellationToken.None));

        var (again, trainAgain, sgdAgain) = TinyCell.Make(spec);
        var state = checkpoint.Restore(again.Classifier, sgdAgain, (_, fault) => Assert.Fail(fault));
        Assert.Equal(interruptedAfter, state.Epoch);
        new TrainingLoop(spec, again, trainAgain, sgdAgain, CPU, new RecordingObserver()).Run(state, CancellationToken.None, CancellationToken.None);
        Assert.Equal(whole, TinyCell.Weights(again));
    }

    [Fact]
    public void MeasuringDoesNotChangeTheTraining() =>
        Assert.Equal(Train(TinyCell.Spec(5)), Train(TinyCell.Spec(5, measured: [1, 2, 3, 4])));

    [Theory]
    [InlineData(1e30)] // overflows to NaN
    [InlineData(1e9)] // stays finite
    public void DivergenceIsTold(double learningRate)
    {
        using var scope = NewDisposeScope();
        var spec = TinyCell.Spec(50, learningRate: learningRate);
        var (network, train, sgd) = TinyCell.Make(spec);
        var error = Assert.Throws<DivergedException>(() => new TrainingLoop(spec, network, train, sgd, CPU, new RecordingObserver()).Run(TrainingState.Start, CancellationToken.None, CancellationToken.None));
        Assert.Contains("smaller learningRate", error.Message);
    }

    [Theory]
    [InlineData(ImagePlacement.Resident)]
    [InlineData(ImagePlacement.Streamed)]
    public void NoTensorIsLeftBehind(ImagePlacement placement)
    {
        using var scope = NewDisposeScope();
        var spec = TinyCell.Spec(6, measured: [1, 2, 3, 4, 5]);
        var (network, train, sgd) = TinyCell.Make(spec, placement: placement);
        var live = new List<long>();
        var observer = new RecordingObserver { OnEpochEnded = _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount) };
        new TrainingLoop(spec, network, train, sgd, CPU, observer).Run(TrainingState.Start, CancellationToken.None, CancellationToken.None);
        Assert.Single(live.Distinct());
    }

    [Fact]
    public void BatchesCoverEveryImageOnceAndNoneIsOfOne()
    {
        for (var count = 2; count < 40; count++)
            for (var size = 2; size < 20; size++)
            {
                var batches = TrainingLoop.Batches(count, size).ToList();
                Assert.Equal(Enumerable.Range(0, count), batches.SelectMany(b => Enumerable.Range(b.Start, b.Count)));
                Assert.All(batches, b => Assert.InRange(b.Count, 2, size + 1));
            }
    }

    private static float[] Train(Harness.Manifests.CellSpec spec)
    {
        using var scope = NewDisposeScope();
        var (network, train, sgd) = TinyCell.Make(spec);
        new TrainingLoop(spec, network, train, sgd, CPU, new RecordingObserver()).Run(TrainingState.Start, CancellationToken.None, CancellationToken.None);
        return TinyCell.Weights(network);
    }
}

using Harness.Manifests;
using Harness.Planning;
using Harness.Results;

namespace Harness.Tests.Planning;

public sealed class MeasuredSpeedsTests
{
    private static readonly CellCost Cost = new()
    {
        Cell = "",
        LearningRate = 1,
        Epochs = 10,
        MeasuredEpochs = 4,
        BatchSize = 1,
        TrainImages = 600,
        TestImages = 400,
        Input = "",
        ImageBytes = 0,
    };

    [Fact]
    public void ALikeCellTakesTheMedianSpeedAndTheMeasuringOfAsManyImages()
    {
        var cell = Planning(Manifests.Planning.Small);
        var speeds = Speeds(cell, new(1, 1, 5, 90), new(2, 1, 0.1, 100), new(3, 1, 0, 110));   // only epoch 1 is measured; epoch 2 looks for the terminal phase
        Assert.Equal(600 * 10 / 100.0 + 5.0 / 250 * 1000 * 4, speeds.Seconds(cell, Cost)!.Value, 9);
    }

    [Fact]
    public void AnotherNetworkOtherImagesOrOtherBatchesHaveNoSpeed()
    {
        var speeds = Speeds(Planning(Manifests.Planning.Small), new EpochTiming(1, 1, 0, 100));
        Assert.Null(speeds.Seconds(Planning(Manifests.Planning.SmallWith("width: 0.25", "width: 0.5")), Cost));
        Assert.Null(speeds.Seconds(Planning(Manifests.Planning.SmallWith("padTo: 32", "padTo: 64")), Cost));
        Assert.Null(speeds.Seconds(Planning(Manifests.Planning.SmallWith("padTo: 32", "padTo: 32, imageSize: 16")), Cost));
        Assert.Null(speeds.Seconds(Planning(Manifests.Planning.SmallWith("padTo: 32", "padTo: 32, classes: 2")), Cost));
        Assert.Null(speeds.Seconds(Planning(Manifests.Planning.SmallWith("epochs: 60", "epochs: 60, batchSize: 64")), Cost));
        Assert.NotNull(speeds.Seconds(Planning(Manifests.Planning.SmallWith("epochs: 60", "epochs: 90, learningRate: 0.3")), Cost));
    }

    private static CellSpec Planning(string text) => Assert.Single(Manifests.Planning.Plan(text).Cells);

    private static MeasuredSpeeds Speeds(CellSpec cell, params EpochTiming[] timings) => new(new()
    {
        Plan = new() { Name = "before", Cells = [], Quantities = [], DatasetTitles = new Dictionary<string, string>() },
        Cells =
        [
            new()
            {
                Key = "k", Spec = cell with { MeasuredEpochs = [1] }, Measurements = [], Timings = timings,
                Result = new()
                {
                    Outcome = Outcome.Done, Epochs = 3,
                    Facts = new()
                    {
                        Parameters = 1, FeatureDimension = 1, Classes = 2, TrainCount = 200, TestCount = 50, Input = new(1, 1, 1), Standardisation = new([0], [1]), Device = "cpu", Threads = 1,
                        Precision = "float32",
                    },
                },
            },
        ],
    });
}

using Harness.Images;
using Harness.Measuring;
using Harness.Training;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

public class CellActivityTests
{
    [Fact]
    public void EveryCallOfAMetricIntoNetworkOrImagesIsProgress()
    {
        var activity = new CellActivity();
        var parts = TinyCell.Make(TinyCell.Spec(1));
        using var network = new PixelNetwork(parts.Network.Classifier, new([0.5], [0.25]), parts.Train, TinyCell.Images(30, 2, 0.2, ImagePlacement.Auto), CPU, activity);
        using var scope = NewDisposeScope();
        var before = Progress();
        var pixels = network.Images(Split.Test).Pixels([0, 1]);
        Assert.InRange(Progress(), before + 1, long.MaxValue);
        before = Progress();
        network.Logits(pixels);
        Assert.InRange(Progress(), before + 1, long.MaxValue);
        before = Progress();
        new FeaturePass(network, CPU, FeatureRoom.OnDevice, TestContext.Current.CancellationToken).Run(Split.Train);
        Assert.InRange(Progress(), before + 1, long.MaxValue);

        long Progress() => activity.Beat(0).Progress;
    }

    [Fact]
    public void ABeatSaysWhereItIs()
    {
        var activity = new CellActivity();
        Assert.Equal(("starting", 0), (activity.Beat(0).Doing, activity.Beat(0).Epoch));
        activity.Steps(3, 4, 9);
        Assert.Equal(new(1, "training", 3, 4, 9, 5), activity.Beat(5));
        activity.Begins("measuring robustness");
        Assert.Equal(new(2, "measuring robustness", 3, 4, 9, 5), activity.Beat(5));
    }
}

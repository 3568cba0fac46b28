using Harness.Measuring;
using Testing.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Tests.Measuring;

public class EpochSnapshotTests
{
    [Fact]
    public void FeaturesAreThoseOfStandardisedPixelsInEvalMode()
    {
        using var scope = NewDisposeScope();
        var (network, classifier, pixels) = Network();
        using var snapshot = Snapshot(network);
        var features = snapshot.Features(Split.Train);

        classifier.eval();
        var expected = classifier.Features(pixels.sub(0.5).div(0.25));
        features.ForEach(batch =>
        {
            Assert.True(batch.Features.allclose(expected, rtol: 1e-5, atol: 1e-6));
            Assert.True(batch.Logits.allclose(classifier.Head.forward(expected), rtol: 1e-5, atol: 1e-6));
            Assert.False(batch.Features.requires_grad);
        });
        Assert.Equal(600, features.Count);
        Assert.Equal(12, features.Dimension);
    }

    [Fact]
    public void NetworkRunsOnceForAllWhoAsk()
    {
        using var scope = NewDisposeScope();
        var (network, classifier, _) = Network();
        using var snapshot = Snapshot(network);
        Assert.Equal(0, classifier.Passes);
        _ = snapshot.Errors(Split.Train);
        var passes = classifier.Passes;
        Assert.Same(snapshot.Features(Split.Train), snapshot.Features(Split.Train));
        Assert.Equal(passes, classifier.Passes);
    }

    [Fact]
    public void ModesAndGradientModeAreRestored()
    {
        using var scope = NewDisposeScope();
        var (network, classifier, _) = Network();
        classifier.train();
        classifier.Head.eval();
        var before = classifier.modules().Select(m => m.training).ToArray();
        using (var snapshot = Snapshot(network))
        {
            Assert.All(classifier.modules(), m => Assert.False(m.training));
            _ = snapshot.Features(Split.Train);
        }
        Assert.Equal(before, classifier.modules().Select(m => m.training));
        Assert.True(is_grad_enabled());
    }

    [Fact]
    public void FeaturesOutliveTheScopeTheyWereFirstAskedForIn()
    {
        using var scope = NewDisposeScope();
        var (network, _, _) = Network();
        using var snapshot = Snapshot(network);
        using (NewDisposeScope())
        {
            _ = snapshot.Head;
            _ = snapshot.Features(Split.Train).Statistics;
        }
        Assert.Equal(5, snapshot.Features(Split.Train).Statistics.Means.shape[0]);
        Assert.Equal(ScalarType.Float64, snapshot.Head.Weight.dtype);
        snapshot.Features(Split.Train).ForEach(batch => Assert.Equal(12, batch.Features.shape[1]));
    }

    [Fact]
    public void NothingIsLeftAfterDisposal()
    {
        using var scope = NewDisposeScope();
        var (network, _, _) = Network();
        Visit();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++) Visit();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Visit()
        {
            using var snapshot = Snapshot(network);
            _ = snapshot.Head;
            _ = snapshot.Errors(Split.Train);
            _ = snapshot.Features(Split.Train).Statistics;
        }
    }

    [Fact]
    public void PassHearsCancellation()
    {
        using var scope = NewDisposeScope();
        var (network, classifier, _) = Network();
        using var snapshot = new EpochSnapshot(network, 3, 5, new Seed(1), CPU, new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => snapshot.Features(Split.Train));
        Assert.Equal(0, classifier.Passes);
    }

    [Fact]
    public void SnapshotOfFeaturesHasNoNetworkAndOnlyTheGivenSplit()
    {
        using var scope = NewDisposeScope();
        var train = new CollectedFeatures(zeros(4, 3), zeros(4, 2), tensor(new long[] { 0, 1, 0, 1 }));
        using var snapshot = new EpochSnapshot(
            new LinearHead(zeros(2, 3, ScalarType.Float64), zeros(2, ScalarType.Float64)), new Dictionary<Split, CollectedFeatures> { [Split.Train] = train }, new Seed(1), default);
        Assert.Equal(0, snapshot.Epoch);
        Assert.Equal(2, snapshot.Errors(Split.Train));
        Assert.Throws<InvalidOperationException>(() => snapshot.Network);
        Assert.Throws<InvalidOperationException>(() => snapshot.Features(Split.Test));
    }

    [Fact]
    public void FeaturesThatDoNotFitTheHeadAreRefused()
    {
        using var scope = NewDisposeScope();
        using var train = new CollectedFeatures(zeros(4, 3), zeros(4, 2), zeros(4, ScalarType.Int64));
        var error = Assert.Throws<ArgumentException>(() => new EpochSnapshot(
            new LinearHead(zeros(2, 5, ScalarType.Float64), zeros(2, ScalarType.Float64)), new Dictionary<Split, CollectedFeatures> { [Split.Train] = train }, new Seed(1), default));
        Assert.StartsWith("The head is 2 x 5, but the Train features have 2 logits and 3 dimensions.", error.Message);
    }

    [Fact]
    public void ImagesOutOfDistributionGoThroughTheNetworkOnceAndHaveNoClass()
    {
        using var scope = NewDisposeScope();
        var (network, classifier, _) = Network();
        var pixels = new Seed(10).Uniform(0, 1, 7, 1, 6, 6);
        var asked = 0;
        using var snapshot = new EpochSnapshot(network, 3, 5, new Seed(1), CPU, default)
        {
            OutOfDistributionImages = () =>
            {
                asked++;
                return new TensorImages(pixels, [.. Enumerable.Range(0, 7)]);
            },
        };
        Assert.Equal(0, classifier.Passes);
        var others = snapshot.OutOfDistribution;
        Assert.Same(others, snapshot.OutOfDistribution);
        Assert.Equal((1, 1), (asked, classifier.Passes));
        classifier.eval();
        var expected = classifier.Features(pixels.sub(0.5).div(0.25));
        others.ForEach(batch =>
        {
            Assert.True(batch.Features.allclose(expected, rtol: 1e-5, atol: 1e-6));
            Assert.True(batch.Labels.eq(FeaturePass.NoClass).all().item<bool>());
        });
        Assert.Throws<InvalidOperationException>(() => others.Statistics);
    }

    [Fact]
    public void WithoutImagesOutOfDistributionThereAreNoFeaturesOfThem()
    {
        using var scope = NewDisposeScope();
        var (network, _, _) = Network();
        using var snapshot = Snapshot(network);
        Assert.False(snapshot.Has(MetricNeeds.OutOfDistribution));
        Assert.Equal("No images out of distribution are at hand.", Assert.Throws<InvalidOperationException>(() => snapshot.OutOfDistribution).Message);
    }

    private static EpochSnapshot Snapshot(ITrainedNetwork network) => new(network, 3, 5, new Seed(1), CPU, default);

    // More images than one batch holds.
    private static (TestNetwork, ConvClassifier, Tensor Pixels) Network()
    {
        var seed = new Seed(9);
        var classifier = new ConvClassifier(seed, channels: 1, classes: 5);
        var pixels = seed.Derive("pixels").Uniform(0, 1, 600, 1, 6, 6);
        var images = new TensorImages(pixels, [.. Enumerable.Range(0, 600).Select(i => i % 5)]);
        return (new(classifier, new Dictionary<Split, ImageSet> { [Split.Train] = images }, mean: 0.5, deviation: 0.25), classifier, pixels);
    }
}

using Harness;
using Harness.Metrics.Robustness.FixedEps;
using Testing.Networks;

namespace Metrics.Tests.Robustness.AutoAttack;

/// <summary>A convolutional network with images it classifies rightly, since its own answers are the labels.</summary>
internal static class Networks
{
    public static (TestNetwork Network, Victims Victims) Conv(int count = 8, int classes = 6, int side = 8)
    {
        var classifier = new ConvClassifier(new(3), channels: 3, classes);
        classifier.eval();
        // Parameters are frozen as a campaign freezes them.
        foreach (var parameter in classifier.parameters()) parameter.requires_grad = false;
        var pixels = new Seed(3).Derive("pixels").Uniform(0, 1, count, 3, side, side);
        var plain = new TestNetwork(classifier, new Dictionary<Split, ImageSet>(), mean: 0.5, deviation: 0.25);
        var labels = plain.Logits(pixels).argmax(1);
        var images = new TensorImages(pixels, [.. labels.data<long>().Select(y => (int)y)]);
        return (new(classifier, new Dictionary<Split, ImageSet> { [Split.Test] = images }, mean: 0.5, deviation: 0.25), new(pixels, labels, [.. Enumerable.Range(0, count)]));
    }
}

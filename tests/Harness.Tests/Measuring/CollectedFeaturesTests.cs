using Harness.Measuring;
using static TorchSharp.torch;

namespace Harness.Tests.Measuring;

public class CollectedFeaturesTests
{
    [Fact]
    public void MeansAreWithinClassesFirst()
    {
        using var set = Features([[0, 0], [2, 0], [4, 0], [0, 6]], [0, 0, 0, 1]);
        var statistics = set.Statistics;
        Assert.Equal([3, 1], statistics.Counts);
        Assert.Equal([2, 0, 0, 6], statistics.Means.data<double>());
        Assert.Equal([1, 3], statistics.GlobalMean.data<double>());
        Assert.Equal([1, -3, -1, 3], statistics.CentredMeans.data<double>());
        Assert.Same(statistics, set.Statistics);
    }

    [Fact]
    public void MeansKeepWhatFloat32SumsWouldLose()
    {
        // In float32, 16777216 + 1 is 16777216.
        var rows = Enumerable.Range(0, 10_000).Select(i => new[] { i == 0 ? 16777216f : 1f }).Append([0f]).ToArray();
        using var set = Features(rows, [.. Enumerable.Repeat(0L, 10_000), 1]);
        Assert.Equal((16777216.0 + 9999) / 10_000, set.Statistics.Means.data<double>()[0]);
    }

    [Fact]
    public void ClassWithoutImagesIsNamed()
    {
        using var set = Features([[1, 2], [3, 4]], [0, 0]);
        Assert.Equal("Class 1 has no image, so it has no mean; every one of the 2 classes needs at least one.", Assert.Throws<InvalidOperationException>(() => set.Statistics).Message);
    }

    [Fact]
    public void LabelBeyondTheClassesIsNamed()
    {
        using var set = Features([[1, 2], [3, 4]], [0, 2]);
        Assert.Equal("Image 1 has label 2; with 2 classes labels are 0 to 1.", Assert.Throws<InvalidOperationException>(() => set.Statistics).Message);
    }

    [Fact]
    public void BatchesCoverEveryImageInOrderWithoutGradients()
    {
        // Wide enough that a batch is a few hundred images.
        using var scope = NewDisposeScope();
        const int count = 700, width = 8192;
        var first = arange(count, ScalarType.Float32);
        using var set = new CollectedFeatures(first.unsqueeze(1).expand(count, width).contiguous(), zeros(count, 3), first.to(ScalarType.Int64).remainder(3));
        var seen = new List<float>();
        var batches = 0;
        using var gradients = enable_grad();
        set.ForEach(batch =>
        {
            Assert.False(is_grad_enabled());
            seen.AddRange(batch.Features.select(1, width - 1).data<float>());
            Assert.Equal(batch.Features.shape[0], batch.Labels.shape[0]);
            batches++;
        });
        Assert.True(is_grad_enabled());
        Assert.True(batches > 1);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (float)i), seen);
    }

    [Fact]
    public void ErrorsAreThoseOfTheLogits()
    {
        using var set = new CollectedFeatures(zeros(3, 2), tensor(new float[,] { { 1, 0 }, { 0, 1 }, { 0, 1 } }), tensor(new long[] { 0, 0, 1 }));
        Assert.Equal(1, set.Errors);
    }

    [Fact]
    public void TensorsThatDisagreeAreRefused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new CollectedFeatures(zeros(3, 2), zeros(4, 2), zeros(3, ScalarType.Int64)));
        Assert.StartsWith("logits are 4 x 2 of Float32; they must be 3 x C of float32.", error.Message);
        Assert.Throws<ArgumentException>(() => new CollectedFeatures(zeros(0, 2), zeros(0, 2), zeros(0, ScalarType.Int64)));
    }

    private static CollectedFeatures Features(float[][] rows, long[] labels)
    {
        var features = tensor(rows.SelectMany(r => r).ToArray()).view(rows.Length, -1);
        return new(features, zeros(rows.Length, 2), tensor(labels));
    }
}

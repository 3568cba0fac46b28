using Harness.Measuring;
using Harness.Measuring.Elsewhere;
using Testing;

namespace Harness.Tests.Measuring.Elsewhere;

public sealed class FeatureFileTests : IDisposable
{
    private static readonly double[] Features = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly double[] Weight = [1, 0, 0, 1];

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("F64", "I64")]
    [InlineData("F32", "I32")]
    [InlineData("F16", "I64")]
    [InlineData("BF16", "I32")]
    public void EveryTypeGivesTheSameFeaturesLogitsAndLabels(string real, string whole)
    {
        using var snapshot = Open(new HandWrittenSafetensors()
            .Add("features", real, [4, 2], Features).Add("labels", whole, [4], [0, 1, 0, 1]).Add("weight", real, [2, 2], Weight).Add("bias", real, [2], [0.5, -1])
            .Add("test_features", real, [2, 2], [3, 1, 1, 3]).Add("test_labels", whole, [2], [0, 0]));
        Assert.Equal((0, 2), (snapshot.Epoch, snapshot.Classes));
        Assert.Equal([Split.Train, Split.Test], snapshot.Splits);
        snapshot.Features(Split.Train).ForEach(batch =>
        {
            Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8], batch.Features.data<float>().ToArray());
            Assert.Equal([1.5f, 1, 3.5f, 3, 5.5f, 5, 7.5f, 7], batch.Logits.data<float>().ToArray());
            Assert.Equal([0L, 1, 0, 1], batch.Labels.data<long>().ToArray());
        });
        Assert.Equal([0.5, -1], snapshot.Head.Bias.data<double>().ToArray());
        Assert.Equal(2, snapshot.Errors(Split.Train));
        Assert.Equal(1, snapshot.Errors(Split.Test));
    }

    [Fact]
    public void WhatIsNotThereIsNotAtHand()
    {
        using var snapshot = Open(Whole());
        Assert.Equal([Split.Train], snapshot.Splits);
        Assert.False(snapshot.Has(MetricNeeds.TestFeatures));
        Assert.False(snapshot.Has(MetricNeeds.TrainFeatures | MetricNeeds.Network));
        Assert.Equal([0, 0], snapshot.Head.Bias.data<double>().ToArray());
    }

    [Fact]
    public void OtherTensorsAreNotLookedAt()
    {
        using var snapshot = Open(Whole().Add("optimiser", "F32", [1], [double.NaN]).Add("step", "I64", [], [3]));
        Assert.Equal(4, snapshot.Features(Split.Train).Count);
    }

    [Fact]
    public void EverythingThatIsMissingIsSaidAtOnce()
    {
        var said = Refused(new HandWrittenSafetensors().Add("featurs", "F32", [4, 2], Features));
        Assert.Equal(3, said.Length);
        Assert.Contains("no tensor 'features'; did you mean 'featurs'?", said[0]);
        Assert.All(said, line => Assert.StartsWith(scratch["features.safetensors"], line));
    }

    [Fact]
    public void ShapesThatDoNotFitAreToldWithBoth()
    {
        Assert.Contains("'features' of shape 4 x 2 where 'weight' is 2 x 3", Single(Whole(weight: [2, 3])));
        Assert.Contains("the weight looks transposed", Single(Whole(weight: [2, 3])));
        Assert.Contains("'labels' of shape 4 x 1: it must be 4, that is N", Single(Whole(labels: [4, 1])));
        Assert.Contains("'weight' of shape 4: it must be C x p", Single(Whole(weight: [4])));
        Assert.Contains("'bias' of shape 3: it must be 2, that is C", Single(Whole().Add("bias", "F32", [3], [1, 2, 3])));
        Assert.Contains("'test_features' without 'test_labels'", Single(Whole().Add("test_features", "F32", [4, 2], Features)));
    }

    [Fact]
    public void TypesThatCannotBeWhatTheyShouldAreTold()
    {
        Assert.Contains("'labels' of type F32: it must be whole numbers", Single(Whole(labelType: "F32")));
        Assert.Contains("'features' of type I64: it must be real numbers, of type F64, F32, F16 or BF16", Single(Whole(featureType: "I64")));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void ALabelOutsideTheClassesIsToldWithItsImage(int label) =>
        Assert.Contains($"label {label} in 'labels', at image 2: 'weight' has 2 rows, so labels are 0 to 1", Single(Whole(values: [0, 1, label, 1])));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void NumbersThatAreNoneAreToldWithTheirRow(double value) =>
        Assert.Contains("NaN or infinity in 'features': in 1 of 4 rows, the first of them row 3", Single(Whole(features: [1, 2, 3, 4, 5, 6, value, 8])));

    [Fact]
    public void WhatFloat32CannotHoldIsTold() => Assert.Contains("too large for float32", Single(Whole(features: [1, 2, 3, 4, 5, 6, 1e300, 8])));

    [Fact]
    public void AFileThatIsCutShortSaysSo()
    {
        var whole = Whole().Bytes();
        foreach (var length in new[] { 0, 7, 8, 100, whole.Length - 1 })
        {
            File.WriteAllBytes(scratch["features.safetensors"], whole[..length]);
            var error = Assert.Throws<FeatureFileException>(() => FeatureFile.Open(scratch["features.safetensors"], TestContext.Current.CancellationToken));
            Assert.Contains("is no safetensors file, or damaged: ", error.Message);
            if (length > 400) Assert.Contains("the file is cut short", error.Message);
        }
    }

    private static HandWrittenSafetensors Whole(
        string featureType = "F64", double[]? features = null, string labelType = "I64", long[]? labels = null, double[]? values = null, long[]? weight = null)
    {
        var shape = weight ?? [2, 2];
        var file = new HandWrittenSafetensors()
            .Add("features", featureType, [4, 2], features ?? Features)
            .Add("labels", labelType, labels ?? [4], values ?? [0, 1, 0, 1]);
        return file.Add("weight", "F64", shape, Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (double)i));
    }

    private EpochSnapshot Open(HandWrittenSafetensors file)
    {
        File.WriteAllBytes(scratch["features.safetensors"], file.Bytes());
        return FeatureFile.Open(scratch["features.safetensors"], TestContext.Current.CancellationToken);
    }

    private string[] Refused(HandWrittenSafetensors file) => Assert.Throws<FeatureFileException>(() => Open(file)).Message.Split('\n');

    private string Single(HandWrittenSafetensors file) => Assert.Single(Refused(file));
}

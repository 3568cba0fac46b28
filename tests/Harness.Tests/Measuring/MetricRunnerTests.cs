using Harness.Measuring;
using Harness.Results;
using Testing.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Tests.Measuring;

public class MetricRunnerTests
{
    private static readonly Quantity Norm = new() { Name = "norm", Title = "Norm", Formula = "‖W‖", Source = "test" };
    private static readonly Quantity Shape = new() { Name = "shape", Title = "Shape", Formula = "x", Source = "test" };
    private static readonly Quantity Undeclared = new() { Name = "other", Title = "Other", Formula = "x", Source = "test" };

    [Fact]
    public void ResultsBecomeMeasurementsInTheirOrder()
    {
        var measured = Run(("a", Metric(MetricNeeds.None, (snapshot, sink) =>
        {
            sink.Scalar(Norm, Split.Test, snapshot.Classes, 0.5);
            sink.Scalar(Norm, split: null, double.NaN);
            sink.Curve(Shape, split: null, [1, 2], [3, 4]);
        })));
        Assert.Equal(new Measurement(7, "a", "norm", Split.Test, 5, 0.5), measured[0]);
        Assert.Equal(double.NaN, measured[1].Value);
        Assert.Equal([1, 2], measured[2].X!);
        Assert.Equal([3, 4], measured[2].Y!);
    }

    [Fact]
    public void MetricThatThrowsLosesItsOwnNumbersAndNothingElse()
    {
        var log = new List<string>();
        var measured = Run(
            log.Add,
            ("first", Metric(MetricNeeds.None, (_, sink) => sink.Scalar(Norm, null, 1))),
            ("broken", Metric(MetricNeeds.None, (_, sink) =>
            {
                sink.Scalar(Norm, null, 2);
                throw new ArithmeticException("no inverse");
            })),
            ("last", Metric(MetricNeeds.None, (_, sink) => sink.Scalar(Norm, null, 3))));

        Assert.Equal(
            [new(7, "first", "norm", null, 1), new(7, "broken", "", null, null, Error: "ArithmeticException: no inverse"), new(7, "last", "norm", null, 3)],
            measured);
        Assert.StartsWith("Metric 'broken' failed at epoch 7 and reports nothing for it: System.ArithmeticException: no inverse", Assert.Single(log));
    }

    [Fact]
    public void UndeclaredQuantityIsRefused() => Fails(
        "InvalidOperationException: Metric 'm' reports 'other', which its card does not declare; it declares norm, shape.",
        MetricNeeds.None, (_, sink) => sink.Scalar(Undeclared, null, 1));

    [Fact]
    public void QuantityReportedTwiceIsRefused() => Fails(
        "InvalidOperationException: Metric 'm' reports 'norm' twice for the Test split.",
        MetricNeeds.None, (_, sink) =>
        {
            sink.Scalar(Norm, Split.Test, 1);
            sink.Scalar(Norm, Split.Test, 1);
        });

    [Fact]
    public void CurveWithMorePositionsThanValuesIsRefused() => Fails(
        "ArgumentException: The curve of 'shape' has 2 positions and 1 values; they must be as many.",
        MetricNeeds.None, (_, sink) => sink.Curve(Shape, null, [1, 2], [3]));

    [Fact]
    public void MatricesAndPicturesAreCopied()
    {
        var values = new double[,] { { 1, 2, 3 }, { 4, double.NaN, 6 } };
        var pixels = new byte[] { 0, 255 };
        var measured = Run(("a", Metric(MetricNeeds.None, (_, sink) =>
        {
            sink.Matrix(Norm, Split.Test, "true class", "predicted class", values);
            sink.Pictures(Shape, Split.Test, [new("first", [new("clean", new(1, 1, 2), pixels)])]);
            (values[0, 0], pixels[0]) = (9, 9);
        })));
        Assert.Equal([[1, 2, 3], [4, double.NaN, 6]], measured[0].Matrix!.Values);
        Assert.Equal([0, 255], Assert.Single(Assert.Single(measured[1].Pictures!).Pictures).Pixels);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 257)]
    public void MatrixWithoutNumbersOrWithTooManyIsRefused(int rows, int columns) => Fails(
        $"ArgumentException: The matrix of 'norm' is {rows} x {columns}; it may be from 1 x 1 to 256 x 256.",
        MetricNeeds.None, (_, sink) => sink.Matrix(Norm, null, "r", "c", new double[rows, columns]));

    [Theory]
    [InlineData(2, 4, 4, 32, "The picture 'x' of 'shape' has 2 channels; it may have 1, for grey, or 3, for colour.")]
    [InlineData(1, 257, 4, 1028, "The picture 'x' of 'shape' is 257 x 4 pixels; it may be from 1 x 1 to 256 x 256: show a part, or average it down.")]
    [InlineData(3, 4, 4, 16, "The picture 'x' of 'shape' is 4x4x3 and has 16 bytes; it must have 48.")]
    public void PictureThatIsNoneIsRefused(int channels, int height, int width, int bytes, string error) => Fails(
        "ArgumentException: " + error, MetricNeeds.None, (_, sink) => sink.Pictures(Shape, null, [new("", [new("x", new(channels, height, width), new byte[bytes])])]));

    [Fact]
    public void MorePicturesThanAReportHasRoomForAreRefused() => Fails(
        "ArgumentException: The pictures of 'shape' have 1114112 bytes of pixels; together they may have 1048576: show fewer or smaller ones.",
        MetricNeeds.None, (_, sink) => sink.Pictures(Shape, null, [new("", [.. Enumerable.Repeat(new Picture("x", new(1, 256, 256), new byte[65536]), 17)])]));

    [Fact]
    public void PictureOfATensorIsClippedAndRounded()
    {
        using var scope = NewDisposeScope();
        Assert.Equal([0, 0, 128, 255, 255, 0], Picture.Of("x", tensor(new[] { -1, 0, 0.5, 1, 7, double.NaN }).view(1, 2, 3)).Pixels);
        Assert.Equal([7, 9], Picture.Of("x", tensor(new byte[] { 7, 9 }).view(1, 2, 1)).Pixels);
        Assert.Equal(new ImageShape(1, 2, 1), Picture.Of("x", tensor(new byte[] { 7, 9 }).view(1, 2, 1)).Shape);
        Assert.Contains("2 dimensions", Assert.Throws<ArgumentException>(() => Picture.Of("x", ones(2, 2))).Message);
        Assert.Contains("Int64", Assert.Throws<ArgumentException>(() => Picture.Of("x", ones(1, 2, 2, ScalarType.Int64))).Message);
    }

    [Fact]
    public void UndeclaredNeedIsRefused()
    {
        Fails(
            "InvalidOperationException: Metric 'm' asks for Test features, but its card does not declare MetricNeeds.TestFeatures.",
            MetricNeeds.TrainFeatures | MetricNeeds.Network, (snapshot, _) => snapshot.Features(Split.Test));
        Fails(
            "InvalidOperationException: Metric 'm' asks for the network, but its card does not declare MetricNeeds.Network.",
            MetricNeeds.TrainFeatures | MetricNeeds.TestFeatures, (snapshot, sink) => sink.Scalar(Norm, null, snapshot.Network.Images(Split.Test).Count));
    }

    [Fact]
    public void AMetricSeesWhatItReportedEarlierAndNothingOfOthers()
    {
        using var scope = NewDisposeScope();
        using var snapshot = Snapshot(out _, TestContext.Current.CancellationToken);
        var history = new MeasurementHistory();
        history.Add([new(2, "m", "norm", Split.Test, 5), new(2, "m", "norm", Split.Train, 6), new(2, "other", "norm", Split.Test, 7), new(3, "m", "", null, null, Error: "lost")]);
        history.Add([new(4, "m", "norm", Split.Test, double.NaN)]);
        IReadOnlyList<EpochValue> earlier = [], none = [new(1, 1)];
        new MetricRunner(_ => { }, Assert.Fail, history).Run(snapshot, [("m", Metric(MetricNeeds.None, (seen, _) => (earlier, none) = (seen.Earlier(Norm, Split.Test), seen.Earlier(Norm, null))))]);
        Assert.Equal([new(2, 5), new(4, double.NaN)], earlier);
        Assert.Empty(none);
    }

    [Fact]
    public void CancellationPassesThrough()
    {
        using var scope = NewDisposeScope();
        using var source = new CancellationTokenSource();
        using var snapshot = Snapshot(out _, source.Token);
        var measured = new List<Measurement>();
        Assert.Throws<OperationCanceledException>(() => new MetricRunner(measured.Add, Assert.Fail).Run(snapshot, [("m", Metric(MetricNeeds.None, (seen, sink) =>
        {
            sink.Scalar(Norm, null, 1);
            source.Cancel();
            seen.Cancellation.ThrowIfCancellationRequested();
        }))]));
        Assert.Empty(measured);
    }

    [Fact]
    public void WhatAMetricLeavesBehindIsPutRight()
    {
        using var scope = NewDisposeScope();
        using var snapshot = Snapshot(out var classifier, TestContext.Current.CancellationToken);
        var parameters = classifier.parameters().ToArray();
        classifier.forward(ones(2, 1, 6, 6)).sum().backward();
        var gradients = parameters.Select(p => p.grad!.clone()).ToArray();

        var untidy = Metric(MetricNeeds.Network, (seen, _) =>
        {
            enable_grad();
            var network = seen.Network.Classifier;
            Assert.All(network.parameters(), p => Assert.Null(p.grad));
            network.forward(ones(3, 1, 6, 6)).square().sum().backward();
            foreach (var parameter in network.parameters()) parameter.requires_grad = false;
            throw new ArithmeticException();
        });
        var measured = new List<Measurement>();
        Measure();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Measure();
        Measure();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(measured, m => Assert.StartsWith("ArithmeticException", m.Error));
        Assert.True(is_grad_enabled());
        Assert.All(parameters, p => Assert.True(p.requires_grad));
        Assert.All(parameters.Zip(gradients), p => Assert.True(p.First.grad!.allclose(p.Second)));

        void Measure() => new MetricRunner(measured.Add, _ => { }).Run(snapshot, [("untidy", untidy)]);
    }

    private static void Fails(string error, MetricNeeds needs, Action<Snapshot, IMeasurementSink> measure) =>
        Assert.Equal(error, Assert.Single(Run(_ => { }, ("m", Metric(needs, measure)))).Error);

    private static IReadOnlyList<Measurement> Run(params (string, IMetric)[] metrics) => Run(Assert.Fail, metrics);

    private static List<Measurement> Run(Action<string> log, params (string, IMetric)[] metrics)
    {
        using var scope = NewDisposeScope();
        using var snapshot = Snapshot(out _, TestContext.Current.CancellationToken);
        var measured = new List<Measurement>();
        new MetricRunner(measured.Add, log).Run(snapshot, metrics);
        return measured;
    }

    private static EpochSnapshot Snapshot(out ConvClassifier classifier, CancellationToken cancellation)
    {
        var seed = new Seed(9);
        classifier = new ConvClassifier(seed, channels: 1, classes: 5);
        var images = new TensorImages(seed.Derive("pixels").Uniform(0, 1, 10, 1, 6, 6), [.. Enumerable.Range(0, 10).Select(i => i % 5)]);
        var network = new TestNetwork(classifier, new Dictionary<Split, ImageSet> { [Split.Train] = images, [Split.Test] = images });
        return new(network, 7, 5, seed, CPU, cancellation);
    }

    private static Scripted Metric(MetricNeeds needs, Action<Snapshot, IMeasurementSink> measure) => new(needs, measure);

    private sealed class Scripted(MetricNeeds needs, Action<Snapshot, IMeasurementSink> measure) : IMetric
    {
        public MetricCard Card { get; } = new() { Quantities = [Norm, Shape], Needs = needs, Cost = "None." };

        public void Measure(Snapshot snapshot, IMeasurementSink sink) => measure(snapshot, sink);
    }
}

using Harness;
using Harness.Metrics.Spectrum;
using Testing.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Metrics.Tests.Spectrum;

public class WholeNetworkTests
{
    public static TheoryData<string, int> Networks => new() { { "mlp", 100 }, { "mlp", 4 }, { "conv", 100 }, { "conv", 4 } };

    [Theory, MemberData(nameof(Networks))]
    public void EveryPartIsThatOfItsDefinition(string which, int batchSize)
    {
        using var scope = NewDisposeScope();
        var tiny = Tiny(which);
        var dense = Dense(tiny);
        using var network = Whole(tiny, batchSize);
        var matrix = new GaussNewton(network, network.Curvature);
        Parts[] sums = [.. dense.Keys, Parts.All, Parts.Cross | Parts.Within | Parts.SameClass, Parts.Within | Parts.SameClass];
        var direction = Directions.Unit(tiny.Dimension, new(3), CPU);
        foreach (var parts in sums) Near(dense.Sum(parts).mv(direction), matrix.Product(direction, parts), 1e-11, parts.ToString());
        foreach (var (part, value) in dense) ExactFixture.Near(direction.dot(value.mv(direction)).ToDouble(), matrix.Energies(direction)[part], part.ToString());
    }

    [Theory, MemberData(nameof(Networks))]
    public void TheHessianIsThatOfTheLoss(string which, int batchSize)
    {
        using var scope = NewDisposeScope();
        var tiny = Tiny(which);
        using var network = Whole(tiny, batchSize);
        var direction = Directions.Unit(tiny.Dimension, new(3), CPU);
        var expected = tensor(tiny.HessianAlong(direction));
        Near(expected, network.Hessian(direction), 1e-8, "Hessian");
        // And is more than the Gauss-Newton matrix.
        Assert.True((expected - new GaussNewton(network, network.Curvature).Product(direction, Parts.All)).norm().ToDouble() > 0.01 * expected.norm().ToDouble());
    }

    [Fact]
    public void RanksAreThoseOfTheMeans()
    {
        using var scope = NewDisposeScope();
        // As many images that no rank is bounded by them.
        var tiny = TinyNetwork.Mlp(5, images: 40);
        var dense = Dense(tiny);
        int Rank(Parts parts)
        {
            var values = linalg.eigvalsh(dense[parts]);
            return (int)values.gt(values.max() * 1e-10).sum().ToInt64();
        }
        Assert.Equal(TinyNetwork.Classes, Rank(Parts.Class));
        Assert.InRange(Rank(Parts.Cross), TinyNetwork.Classes, TinyNetwork.Classes * (TinyNetwork.Classes - 2));
        Assert.True(Rank(Parts.Within) > TinyNetwork.Classes * (TinyNetwork.Classes - 2));
    }

    [Fact]
    public void InFloat32ItAgreesToFloat32()
    {
        using var scope = NewDisposeScope();
        var dense = Dense(TinyNetwork.Mlp(5));
        var tiny = TinyNetwork.Mlp(5, precision: ScalarType.Float32);
        using var network = Whole(tiny, 100);
        var matrix = new GaussNewton(network, network.Curvature);
        var direction = Directions.Unit(tiny.Dimension, new(3), CPU);
        Near(dense.Sum(Parts.All).mv(direction), matrix.Product(direction, Parts.All), 1e-5, "G");
    }

    [Fact]
    public void ASureNetworkDoesNotUnderflow()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5, precision: ScalarType.Float32);
        // Gaps of many hundreds: the gradient of the loss itself is 0 in float32.
        using (no_grad()) tiny.Classifier.Head.weight!.mul_(40);
        foreach (var (i, logit) in tiny.Logits().argmax(1).data<long>().ToArray().Index()) tiny.Labels[i] = (int)logit;
        using var network = Whole(tiny, 100);
        var direction = Directions.Unit(tiny.Dimension, new(3), CPU);
        var matrix = new GaussNewton(network, network.Curvature);
        var product = matrix.Product(direction, Parts.All);
        Assert.True(product.isfinite().all().ToBoolean());
        Assert.Equal(1, direction.dot(product).ToDouble() / matrix.Energies(direction).Sum, 1e-4);
        Assert.True(network.Hessian(direction).isfinite().all().ToBoolean());
    }

    [Fact]
    public void GradientsAndWhatWantsOneAreLeftAsTheyWere()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        var parameters = tiny.Classifier.parameters().ToArray();
        parameters[0].requires_grad = false;
        // As the optimiser keeps them: gradients are views into one tensor.
        var flat = arange(parameters.Sum(p => p.numel()), ScalarType.Float64);
        long start = 0;
        foreach (var parameter in parameters.Skip(1))
        {
            parameter.grad = flat.narrow(0, start, parameter.numel()).view(parameter.shape);
            start += parameter.numel();
        }
        using (var network = Whole(tiny, 100))
        {
            Assert.Equal(parameters.Skip(1).Sum(p => p.numel()), network.Dimension);
            network.Hessian(Directions.Unit(network.Dimension, new(3), CPU));
            new GaussNewton(network, network.Curvature).Product(Directions.Unit(network.Dimension, new(3), CPU), Parts.Cross);
        }
        Assert.False(parameters[0].requires_grad);
        Assert.Null(parameters[0].grad);
        Assert.True(flat.eq(arange(flat.shape[0], ScalarType.Float64)).all().ToBoolean());
        flat.zero_();
        foreach (var parameter in parameters.Skip(1))
        {
            Assert.True(parameter.requires_grad);
            Assert.Equal(0, parameter.grad!.abs().max().ToDouble());
        }
    }

    [Fact]
    public void AStopIsHeardBetweenBatches()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        using var stop = new CancellationTokenSource();
        using var network = new WholeNetwork(tiny.Trained, [0, 1, 2, 3], 2, CPU, stop.Token);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => network.Apply(Directions.Unit(network.Dimension, new(3), CPU)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(4)]
    public void EveryPassReadsImagesSoThatItIsNotTakenForHung(int batchSize)
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        var images = new CountedImages(tiny.Trained.Images(Split.Train));
        var trained = new TestNetwork(tiny.Classifier, new Dictionary<Split, ImageSet> { [Split.Train] = images });
        using var network = new WholeNetwork(trained, [.. Enumerable.Range(0, tiny.Labels.Length)], batchSize, CPU, default);
        var direction = Directions.Unit(network.Dimension, new(3), CPU);
        for (var i = 0; i < 3; i++)
        {
            var before = images.Reads;
            var along = network.Apply(direction);
            Assert.True(images.Reads > before);
            before = images.Reads;
            network.Transposed(along);
            Assert.True(images.Reads > before);
        }
    }

    internal static Dictionary<Parts, Tensor> Dense(TinyNetwork tiny)
    {
        var logits = tiny.Logits().detach();
        var values = new double[logits.shape[0], logits.shape[1]];
        for (var i = 0; i < values.GetLength(0); i++)
            for (var c = 0; c < values.GetLength(1); c++) values[i, c] = logits[i, c].ToDouble();
        return DenseParts.Of(tiny.Jacobian(), values, tiny.Labels);
    }

    internal static WholeNetwork Whole(TinyNetwork tiny, int batchSize) =>
        new(tiny.Trained, [.. Enumerable.Range(0, tiny.Labels.Length)], batchSize, CPU, default);

    /// <summary>The matrix behind a product, column by column.</summary>
    internal static Tensor Columns(long dimension, Func<Tensor, Tensor> product)
    {
        var unit = eye(dimension, dtype: ScalarType.Float64);
        return stack([.. Enumerable.Range(0, (int)dimension).Select(j => product(unit[j]))], 1);
    }

    internal static void Near(Tensor expected, Tensor actual, double tolerance, string what)
    {
        var error = (expected - actual).abs().max().ToDouble();
        Assert.True(error <= tolerance * expected.abs().max().ToDouble(), $"{what} is off by {error}, at most {expected.abs().max().ToDouble()}.");
    }

    private static TinyNetwork Tiny(string which) => which == "mlp" ? TinyNetwork.Mlp(5) : TinyNetwork.Conv(7);

    private sealed class CountedImages(ImageSet images) : ImageSet
    {
        public int Reads { get; private set; }

        public override int Count => images.Count;

        public override ImageShape Shape => images.Shape;

        public override IReadOnlyList<int> Labels => images.Labels;

        public override Tensor Pixels(ReadOnlySpan<int> indices)
        {
            Reads++;
            return images.Pixels(indices);
        }
    }
}

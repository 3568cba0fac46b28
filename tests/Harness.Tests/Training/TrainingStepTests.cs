using Harness.Images;
using Harness.Manifests;
using Harness.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

[Collection(nameof(DrawsFromLibtorch))]
public class TrainingStepTests
{
    private static readonly ImageShape Shape = new(3, 8, 8);

    [Fact]
    public void AStepIsThatOfPlainTorchSharpToTheBit()
    {
        using var scope = NewDisposeScope();
        var (network, train, sgd) = Make(channelsLast: false);
        var (plain, _, plainSgd) = Make(channelsLast: false);
        int[] batch = [5, 0, 3, 9];
        using var labels = Labels(batch);
        using var step = new TrainingStep(network, sgd, TrainingPrecision.Float32, CPU);
        step.Run(train.Pixels(batch), labels, 0.1);

        var images = (train.Pixels(batch) - 0.5f) / 0.25f;
        var loss = nn.functional.cross_entropy(plain.Classifier.forward(images), labels);
        plainSgd.ZeroGradients();
        loss.backward();
        using (no_grad()) plainSgd.StepPlainly(0.1);

        Assert.Equal(loss.item<float>() * 4.0, step.Read().Loss);
        Assert.Equal(TinyCell.Weights(plain), TinyCell.Weights(network));
    }

    [Theory]
    [InlineData(true, TrainingPrecision.Float32, 1e-4)]
    [InlineData(false, TrainingPrecision.Bf16, 0.03)]
    [InlineData(true, TrainingPrecision.Bf16, 0.03)]
    public void AnotherLayoutOrPrecisionTrainsTheSameNetworkToWithinItsRounding(bool channelsLast, TrainingPrecision precision, double tolerance)
    {
        using var scope = NewDisposeScope();
        var reference = Train(channelsLast: false, TrainingPrecision.Float32);
        var other = Train(channelsLast, precision);
        Assert.NotEqual(0, reference.Errors);
        Assert.Equal(reference.Loss, other.Loss, tolerance * reference.Loss);
        Assert.All(reference.Weights.Zip(other.Weights), w => Assert.Equal(w.First, w.Second, tolerance));
        if (precision == TrainingPrecision.Bf16) Assert.NotEqual(reference.Loss, other.Loss);
    }

    [Fact]
    public void ANetworkThatFlattensByViewIsFoundOutUnderChannelsLast()
    {
        using var scope = NewDisposeScope();
        foreach (var (classifier, bears) in new (Classifier, bool)[] { (new Convolutional(byView: true), false), (new Convolutional(byView: false), true) })
        {
            using var sgd = new FlatSgd(classifier, 0.9, 0, channelsLast: true);
            Assert.Equal(bears, Layout.BearsChannelsLast(classifier, Shape, CPU));
            Assert.True(classifier.training);
        }
    }

    private static Tensor Labels(int[] batch) => tensor(batch.Select(i => (long)(i % 3)).ToArray());

    private static (double Loss, long Errors, float[] Weights) Train(bool channelsLast, TrainingPrecision precision)
    {
        var (network, train, sgd) = Make(channelsLast);
        using var step = new TrainingStep(network, sgd, precision, CPU);
        for (var i = 0; i < 6; i++)
        {
            int[] batch = [.. Enumerable.Range(i, 10)];
            step.Run(train.Pixels(batch), Labels(batch), 0.02);
        }
        var (loss, errors) = step.Read();
        return (loss, errors, TinyCell.Weights(network));
    }

    private static (PixelNetwork Network, ResidentImages Train, FlatSgd Sgd) Make(bool channelsLast)
    {
        manual_seed(4);
        var bytes = new byte[20 * Shape.Bytes];
        var random = new SeededRandom(1);
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(255 * random.NextDouble());
        ResidentImages Images() => new(tensor(bytes, [20, 3, 8, 8], ScalarType.Byte), [.. Enumerable.Range(0, 20).Select(i => i % 3)]);
        var train = Images();
        var network = new PixelNetwork(new Convolutional(byView: false), new([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]), train, Images(), CPU, new CellActivity());
        network.Classifier.train();
        return (network, train, new FlatSgd(network.Classifier, 0.9, 5e-4, channelsLast));
    }

    private sealed class Convolutional : Classifier
    {
        private readonly Conv2d convolution = nn.Conv2d(3, 6, 3, padding: 1);
        private readonly BatchNorm2d norm = nn.BatchNorm2d(6);
        private readonly Linear head = nn.Linear(6 * 8 * 8, 3);
        private readonly bool byView;

        public Convolutional(bool byView) : base("convolutional")
        {
            this.byView = byView;
            RegisterComponents();
        }

        public override Linear Head => head;

        public override Tensor Features(Tensor images)
        {
            using var activated = norm.forward(convolution.forward(images)).relu_();
            return byView ? activated.view(images.shape[0], -1) : activated.flatten(1);
        }
    }
}

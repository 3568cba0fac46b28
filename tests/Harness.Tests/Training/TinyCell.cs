using System.Text.Json.Nodes;
using Harness.Images;
using Harness.Manifests;
using Harness.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

/// <summary>A cell small enough to train in a test: 4 x 4 images of three classes, a perceptron with batch norm.</summary>
internal static class TinyCell
{
    public const int Classes = 3;

    public static readonly ImageShape Shape = new(1, 4, 4);

    public static CellSpec Spec(int epochs, long seed = 0, double learningRate = 0.1, IReadOnlyList<int>? measured = null) => new()
    {
        Architecture = new("tiny", "tiny", []),
        Dataset = new() { Label = "tiny", Plugin = "tiny", Options = [], Subsample = new() },
        Seed = seed,
        Training = new() { Epochs = epochs, BatchSize = 16, LearningRate = learningRate },
        MeasuredEpochs = measured ?? [],
        Metrics = [new("counting", new JsonObject(), MeasureAt.Every), new("ends", new JsonObject(), MeasureAt.Ends)],
    };

    /// <summary>Network, images and optimiser as a cell's process makes them.</summary>
    public static (PixelNetwork Network, CellImages Train, FlatSgd Sgd) Make(CellSpec spec, double overlap = 0.2, ImagePlacement placement = ImagePlacement.Resident)
    {
        var (train, test) = (Images(90, 1, overlap, placement), Images(30, 2, overlap, placement));
        manual_seed((long)new Seed((ulong)spec.Seed).Derive("weights").Value);
        var network = new PixelNetwork(new Perceptron(), new([0.5], [0.25]), train, test, CPU);
        return (network, train, new FlatSgd(network.Classifier, spec.Training.Momentum, spec.Training.WeightDecay));
    }

    /// <summary>Class c is bright in its own rows; <paramref name="overlap"/> is the share of noise.</summary>
    private static CellImages Images(int count, ulong seed, double overlap, ImagePlacement placement)
    {
        var random = new SeededRandom(seed);
        var labels = Enumerable.Range(0, count).Select(i => i % Classes).ToArray();
        var bytes = new byte[count * Shape.Bytes];
        for (var i = 0; i < bytes.Length; i++)
        {
            var signal = i / 4 % 4 == labels[i / Shape.Bytes] ? 1 : 0;
            bytes[i] = (byte)(255 * ((1 - overlap) * signal + overlap * random.NextDouble()));
        }
        var decoded = new BufferedImages(new(new ImagesInMemory(Shape, bytes, labels), [.. Enumerable.Range(0, count)]), CancellationToken.None);
        if (placement == ImagePlacement.Streamed) return new StreamedImages(decoded, Shape, CPU);
        using (decoded) return ResidentImages.Copy(decoded, Shape, CPU);
    }

    public static float[] Weights(PixelNetwork network) =>
        [.. network.Classifier.parameters().SelectMany(p => p.detach().contiguous().data<float>().ToArray()),
         .. network.Classifier.buffers().Where(b => b.dtype == ScalarType.Float32).SelectMany(b => b.data<float>().ToArray())];

    private sealed class Perceptron : Classifier
    {
        private readonly Linear hidden = nn.Linear(16, 8);
        private readonly BatchNorm1d norm = nn.BatchNorm1d(8);
        private readonly Linear head = nn.Linear(8, Classes);

        public Perceptron() : base("perceptron") => RegisterComponents();

        public override Linear Head => head;

        public override Tensor Features(Tensor images)
        {
            using var flat = images.flatten(1);
            using var h = hidden.forward(flat);
            using var n = norm.forward(h);
            return nn.functional.relu(n);
        }
    }
}

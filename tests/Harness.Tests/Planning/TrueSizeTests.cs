using System.Diagnostics;
using Harness.Images;
using Harness.Manifests;
using Harness.Training;
using Testing;
using static TorchSharp.torch;

namespace Harness.Tests.Planning;

/// <summary>
/// Every cell of the paper's matrix at its true size takes a real training step. Minutes and gigabytes, so only when asked for:
/// <c>dotnet run --project tests/Harness.Tests -c Release -- -explicit only -class Harness.Tests.Planning.TrueSizeTests</c>.
/// </summary>
[Collection(nameof(DrawsFromLibtorch))]
public sealed class TrueSizeTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cells { get; } = [.. Plan().Select(c => c.Name)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Cells))]
    public void TakesARealTrainingStep(string name)
    {
        var cell = Plan().Single(c => c.Name == name);
        var clock = Stopwatch.StartNew();
        using var scope = NewDisposeScope();
        var card = CellParts.MakeDataset(cell.Dataset, PaperCatalog.Catalog).Card;
        var shape = ImageLoader.PaddedShape(card.Shape, cell.Dataset.Subsample.PadTo);
        manual_seed(1);
        using var network = CellParts.MakeArchitecture(cell.Architecture, PaperCatalog.Catalog).Build(shape, card.ClassNames.Count);
        using var sgd = new FlatSgd(network, cell.Training.Momentum, cell.Training.WeightDecay);
        network.train();
        var images = randn(Batch(cell), shape.Channels, shape.Height, shape.Width);
        var labels = arange(Batch(cell));
        using var before = network.Head.weight.clone();

        sgd.ZeroGradients();
        var loss = nn.functional.cross_entropy(network.call(images), labels);
        loss.backward();
        sgd.Step(cell.Training.LearningRate);

        // An untrained network is about as good as chance, and each of its parameters has heard of the step.
        Assert.InRange(loss.item<float>(), 0.3 * Math.Log(card.ClassNames.Count), 3 * Math.Log(card.ClassNames.Count));
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad!.abs().max().item<float>() is > 0 and < float.PositiveInfinity, p.name));
        Assert.True(network.Head.weight.ne(before).any().item<bool>());
        output.WriteLine($"{name}: {clock.Elapsed.TotalSeconds:f1} s, peak of the process so far {Process.GetCurrentProcess().PeakWorkingSet64 / (double)(1 << 30):f1} GiB");
    }

    /// <summary>
    /// Images in the step: the update is as real as with 128 of them, and the memory is that of a laptop. Each image of STL10 leaves 2.9 GiB for the backward pass of DenseNet250.
    /// </summary>
    private static int Batch(CellSpec cell) => cell.Name == "DenseNet/stl10/0" ? 2 : 8;

    private static IReadOnlyList<CellSpec> Plan() =>
        ManifestPlanner.Plan(Path.Combine(DotnetCommand.RepositoryRoot, "manifests", "papyan2020.yaml"), PaperCatalog.Catalog).Cells;
}

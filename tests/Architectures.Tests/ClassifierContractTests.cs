using TorchSharp;
using static TorchSharp.torch;

namespace Architectures.Tests;

/// <summary>What the host relies on, for every family.</summary>
public class ClassifierContractTests
{
    public static TheoryData<string> Names => Narrow.Names;

    [Theory, MemberData(nameof(Names))]
    public void LogitsAreTheHeadOfTheFeatures(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Narrow.Build(name);
        network.eval();
        var images = Narrow.Images(4);
        var copy = images.clone();

        var features = network.Features(images);
        var logits = nn.functional.linear(features, network.Head.weight, network.Head.bias);

        Assert.Equal([4, network.Head.weight.shape[1]], features.shape);
        Assert.Equal([Narrow.Classes, network.Head.weight.shape[1]], network.Head.weight.shape);
        Assert.True(allclose(logits, network.forward(images), rtol: 1e-5, atol: 1e-5));
        Assert.True((features >= 0).all().item<bool>(), "ReLU belongs to the features");
        Assert.True((images == copy).all().item<bool>(), "the images are left as they were");
    }

    [Theory, MemberData(nameof(Names))]
    public void EvaluationIsDeterministicAndOneImageDoesNotDependOnTheOthers(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Narrow.Build(name);
        network.eval();
        using var noGrad = no_grad();
        var images = Narrow.Images(4);

        var first = network.forward(images);

        Assert.True((first == network.forward(images)).all().item<bool>());
        Assert.True(allclose(first.narrow(0, 2, 1), network.forward(images.narrow(0, 2, 1)), rtol: 1e-4, atol: 1e-5));
    }

    [Theory, MemberData(nameof(Names))]
    public void WeightsAreAFunctionOfTheSeed(string name)
    {
        using var scope = NewDisposeScope();
        using var one = Narrow.Build(name, seed: 5);
        using var same = Narrow.Build(name, seed: 5);
        using var other = Narrow.Build(name, seed: 6);

        foreach (var ((label, a), (_, b)) in one.named_parameters().Zip(same.named_parameters()))
            Assert.True((a == b).all().item<bool>(), label);
        Assert.False((one.Head.weight == other.Head.weight).all().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void GradientsAreFiniteAndReachEveryParameter(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Narrow.Build(name);
        var labels = tensor([0L, 1, 2, 0, 1, 2]);

        nn.functional.cross_entropy(network.forward(Narrow.Images(6)), labels).backward();

        foreach (var (label, parameter) in network.named_parameters())
        {
            Assert.True(parameter.grad is not null, label);
            Assert.True(parameter.grad.isfinite().all().item<bool>(), label);
            // A bias before batch norm has no effect, and its gradient is zero up to rounding.
            if (!label.EndsWith("conv.bias", StringComparison.Ordinal) && !label.StartsWith("fc", StringComparison.Ordinal))
                Assert.True(parameter.grad.abs().sum().item<float>() > 0, label);
        }
    }

    /// <summary>What an attack does. In float64, so that the difference quotient tells a wrong gradient from rounding.</summary>
    [Theory, MemberData(nameof(Names))]
    public void GradientsWithRespectToTheImagesAreThoseOfTheDifferenceQuotient(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Narrow.Build(name);
        for (var i = 0; i < 3; i++) network.forward(Narrow.Images(6));
        network.to(float64).eval();
        var images = Narrow.Images(2).to(float64).requires_grad_();
        var direction = Narrow.Images(4).narrow(0, 2, 2).to(float64);

        network.forward(images).select(1, 0).sum().backward();

        using var noGrad = no_grad();
        const double Step = 1e-9; // Small enough that hardly any ReLU changes sides.
        var difference = network.forward(images + Step * direction) - network.forward(images - Step * direction);
        var quotient = difference.select(1, 0).sum().item<double>() / (2 * Step);
        var slope = (images.grad! * direction).sum().item<double>();
        Assert.NotEqual(0, slope);
        Assert.Equal(slope, quotient, Math.Abs(slope) * 1e-4);
    }

    [Theory, MemberData(nameof(Names))]
    public void SavedWeightsComeBack(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Narrow.Build(name, seed: 1);
        network.forward(Narrow.Images(6));
        using var loaded = Narrow.Build(name, seed: 2);
        using var written = new MemoryStream();

        network.save(written);
        using var read = new MemoryStream(written.ToArray());
        loaded.load(read);

        network.eval();
        loaded.eval();
        var images = Narrow.Images(3);
        Assert.True((network.forward(images) == loaded.forward(images)).all().item<bool>());
    }

    [Theory, MemberData(nameof(Names))]
    public void NamedLayersAreObservedInOrder(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Narrow.Build(name);
        var seen = new List<string>();
        using (network.Observe((layer, activations) =>
        {
            seen.Add(layer);
            Assert.Equal(2, activations.shape[0]);
        }))
        {
            network.forward(Narrow.Images(2));
        }
        network.forward(Narrow.Images(2));

        Assert.NotEmpty(network.LayerNames);
        Assert.Equal(network.LayerNames, seen);
    }

    [Theory, MemberData(nameof(Names))]
    public void ForwardKeepsNothingButItsResult(string name)
    {
        using var scope = NewDisposeScope();
        using var network = Narrow.Build(name);
        network.eval();
        using var noGrad = no_grad();
        var images = Narrow.Images(2);
        network.forward(images).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var logits = network.forward(images);

        Assert.Equal(before + 1, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        logits.Dispose();
    }

    [Theory, MemberData(nameof(Names))]
    public void TrainingStepsLeaveNoTensorBehind(string name)
    {
        using var network = Narrow.Build(name);
        using var optimiser = optim.SGD(network.parameters(), 0.01, momentum: 0.9);
        var live = new List<long>();
        for (var step = 0; step < 4; step++)
        {
            using (NewDisposeScope())
            {
                optimiser.zero_grad();
                nn.functional.cross_entropy(network.forward(Narrow.Images(3)), tensor([0L, 1, 2])).backward();
                optimiser.step();
            }
            live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }
        Assert.Equal(live[1], live[2]);
        Assert.Equal(live[1], live[3]);
    }
}

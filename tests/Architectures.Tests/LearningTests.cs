using Harness;
using static TorchSharp.torch;

namespace Architectures.Tests;

public class LearningTests
{
    /// <summary>Noise with a bright patch in one of three places: each family tells the three without error, in eval mode too.</summary>
    [Theory]
    [InlineData("vgg11")]
    [InlineData("resnet18")]
    [InlineData("resnet50")]
    [InlineData("densenet40")]
    [InlineData("densenet121-imagenet")]
    [InlineData("mlp")]
    [InlineData("mlp-bias-free")]
    public void LearnsASeparableTaskToZeroError(string name)
    {
        using var scope = NewDisposeScope();
        const int Count = 12;
        var labels = arange(Count, int64) % Narrow.Classes;
        var images = Narrow.Images(Count) * 0.5;
        for (var i = 0; i < Count; i++) images[i, .., (4 + 9 * (i % 3))..(10 + 9 * (i % 3)), 12..20] += 3;

        using var network = Narrow.Build(name);
        using var optimiser = optim.SGD(network.parameters(), 0.02, momentum: 0.9);
        var errors = Count;
        for (var step = 1; step <= 60 && errors > 0; step++)
        {
            using var _ = NewDisposeScope();
            network.train();
            optimiser.zero_grad();
            nn.functional.cross_entropy(network.forward(images), labels).backward();
            optimiser.step();
            if (step % 5 == 0) errors = Errors(network, images, labels);
        }
        Assert.Equal(0, errors);
    }

    private static int Errors(Classifier network, Tensor images, Tensor labels)
    {
        using var noGrad = no_grad();
        network.eval();
        return (int)(network.forward(images).argmax(1) != labels).sum().item<long>();
    }
}

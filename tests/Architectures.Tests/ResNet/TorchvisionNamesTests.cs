using Harness.Architectures.ResNet;
using static TorchSharp.torch;

namespace Architectures.Tests.ResNet;

public class TorchvisionNamesTests
{
    /// <summary>The names that torchvision.models.resnet18 and resnet50 have, made by their rule.</summary>
    [Theory]
    [InlineData(18, 2, new[] { 2, 2, 2, 2 })]
    [InlineData(50, 3, new[] { 3, 4, 6, 3 })]
    public void WeightsLoadWhereTorchvisionsDo(int depth, int convolutions, int[] blocks)
    {
        var wanted = new List<string> { "conv1.weight", "fc.weight", "fc.bias" };
        AddNorm("bn1");
        for (var stage = 1; stage <= 4; stage++)
            for (var block = 0; block < blocks[stage - 1]; block++)
            {
                var at = $"layer{stage}.{block}";
                for (var i = 1; i <= convolutions; i++)
                {
                    wanted.Add($"{at}.conv{i}.weight");
                    AddNorm($"{at}.bn{i}");
                }
                if (block > 0 || (stage == 1 && depth == 18)) continue;
                wanted.Add($"{at}.downsample.0.weight");
                AddNorm($"{at}.downsample.1");
            }

        using var scope = NewDisposeScope();
        using var network = new ResNetArchitecture(new() { Depth = depth, Width = 0.0625 }).Build(new(3, 224, 224), 10);
        Assert.Equal(wanted.Order(), network.state_dict().Keys.Select(network.PyTorchName).Order());

        void AddNorm(string name) => wanted.AddRange(new[] { "weight", "bias", "running_mean", "running_var", "num_batches_tracked" }.Select(part => $"{name}.{part}"));
    }
}

using Harness.Training;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

[Collection(nameof(DrawsFromLibtorch))]
public class FlatSgdTests
{
    [Theory]
    [InlineData(0.9, 5e-4)]
    [InlineData(0.0, 0.0)]
    [InlineData(0.5, 0.1)]
    public void StepsAsTorchSharpsOwnSgdDoes(double momentum, double weightDecay)
    {
        using var scope = NewDisposeScope();
        var (input, target) = (rand(7, 5), rand(7, 3));
        float[] Train(Func<nn.Module, (Action Zero, Action<double> Step)> optimiser)
        {
            manual_seed(1);
            var net = nn.Sequential(nn.Linear(5, 4), nn.Tanh(), nn.Linear(4, 3));
            var (zero, step) = optimiser(net);
            for (var i = 0; i < 20; i++)
            {
                zero();
                nn.functional.mse_loss(net.forward(input), target).backward();
                step(i < 10 ? 0.1 : 0.01);
            }
            return [.. net.parameters().SelectMany(p => p.detach().contiguous().data<float>().ToArray())];
        }

        var reference = Train(net =>
        {
            var sgd = optim.SGD(net.parameters(), 0.1, momentum, weight_decay: weightDecay);
            return (() => sgd.zero_grad(), rate =>
            {
                foreach (var group in sgd.ParamGroups) group.LearningRate = rate;
                sgd.step();
            }
            );
        });
        var flat = Train(net =>
        {
            var sgd = new FlatSgd(net, momentum, weightDecay);
            return (() => sgd.ZeroGradients(), sgd.Step);
        });
        Assert.Equal(reference.Length, flat.Length);
        for (var i = 0; i < flat.Length; i++) Assert.Equal(reference[i], flat[i], 1e-6f);
    }

    [Fact]
    public void LeavesTheNetworksValuesAsTheyAre()
    {
        using var scope = NewDisposeScope();
        var net = nn.Linear(3, 2);
        var before = net.weight!.detach().clone();
        using var sgd = new FlatSgd(net, 0.9, 0);
        Assert.True(net.weight.equal(before).all().item<bool>());
        Assert.True(net.weight.requires_grad);
    }
}

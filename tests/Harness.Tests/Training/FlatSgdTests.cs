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

    [Theory]
    [InlineData(0.9, 5e-4)]
    [InlineData(0.5, 0.0)]
    public void TheFusedStepGivesTheBitsOfThePlainOne(double momentum, double weightDecay)
    {
        using var scope = NewDisposeScope();
        float[] Train(Action<FlatSgd, double> step)
        {
            manual_seed(3);
            var net = nn.Sequential(nn.Conv2d(3, 5, 3), nn.Flatten(), nn.Linear(5 * 4 * 4, 7));
            using var sgd = new FlatSgd(net, momentum, weightDecay);
            for (var i = 0; i < 30; i++)
            {
                using var inner = NewDisposeScope();
                sgd.ZeroGradients();
                net.forward(rand(6, 3, 6, 6)).square().mean().backward();
                using var noGradients = no_grad();
                step(sgd, i < 20 ? 0.1 : 0.01);
            }
            return [.. net.parameters().SelectMany(p => p.detach().contiguous().data<float>().ToArray())];
        }

        Assert.Equal(Train((sgd, rate) => sgd.StepPlainly(rate)), Train((sgd, rate) => sgd.Step(rate)));
    }

    [Fact]
    public void ChannelsLastWeightsAreTheSameWeightsInAnotherOrder()
    {
        using var scope = NewDisposeScope();
        var net = nn.Conv2d(3, 5, 3);
        var (before, images) = (net.weight!.detach().clone(), rand(2, 3, 8, 8));
        var output = net.forward(images).detach();
        using var sgd = new FlatSgd(net, 0.9, 0, channelsLast: true);
        Assert.Equal([27L, 1, 9, 3], net.weight!.stride());
        Assert.Equal(before.data<float>().ToArray(), net.weight.detach().contiguous().data<float>().ToArray());
        var last = net.forward(Layout.ChannelsLast(images));
        Assert.Equal(1, last.stride(1));
        Assert.True(last.allclose(output, 1e-5, 1e-5));
        last.sum().backward();
        // Still the view of the flat buffer that it was: what backward() has left is what a step uses.
        var (weight, gradient) = (net.weight.detach().clone(), net.weight.grad!.clone());
        sgd.Step(1);
        Assert.True(net.weight.detach().allclose(weight - gradient));
    }
}

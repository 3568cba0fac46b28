using Harness;
using Harness.Training;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>The optimiser alone, on the many weights of VGG11.</summary>
internal static class SgdBenchmark
{
    public static void Run(int rounds)
    {
        using var scope = NewDisposeScope();
        var (architecture, input) = Networks.All["vgg11"];
        (Classifier Network, FlatSgd Sgd) Make()
        {
            var network = architecture.Build(input, Networks.Classes);
            return (network, new FlatSgd(network, 0.9, 5e-4));
        }
        var (network, sgd) = Make();
        var plain = architecture.Build(input, Networks.Classes);
        foreach (var parameter in plain.parameters()) parameter.grad = zeros_like(parameter);
        var torchSharp = optim.SGD(plain.parameters(), 0.05, momentum: 0.9, weight_decay: 5e-4);
        var contest = new Contest();
        contest.Add("TorchSharp's SGD", () => torchSharp.step());
        contest.Add("flat, plain operators", () =>
        {
            using var noGradients = no_grad();
            sgd.StepPlainly(0.05);
        });
        contest.Add("flat, fused operator", () => sgd.Step(0.05));
        contest.Add("zeroing the gradients", sgd.ZeroGradients);
        contest.Run($"update of {network.parameters().Sum(p => p.numel())} weights", rounds, 1, "steps");
    }
}

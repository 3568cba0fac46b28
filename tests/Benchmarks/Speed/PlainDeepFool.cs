using Harness;
using Harness.Measuring;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>
/// DeepFool in L2 (Moosavi-Dezfooli, Fawzi and Frossard 2016, algorithm 2) as a loop: one image after the other, one backward pass for each candidate. What the robustness metric's
/// batches are compared with, in the same mathematics.
/// </summary>
internal static class PlainDeepFool
{
    private const int MaxIterations = 50;
    private const double Overshoot = 0.02;
    private const double StepFloor = 1e-4;

    /// <summary>Attacks images.</summary>
    /// <param name="network">Left in the mode it was found in.</param>
    /// <param name="pixels">n x C x H x W.</param>
    /// <returns>The L2 lengths of what was added, (1 + overshoot) r.</returns>
    public static double[] Run(ITrainedNetwork network, Tensor pixels)
    {
        using var scope = NewDisposeScope();
        using var eval = new EvalMode(network.Classifier);
        return [.. Enumerable.Range(0, (int)pixels.shape[0]).Select(i => Radius(network, pixels.narrow(0, i, 1)))];
    }

    private static double Radius(ITrainedNetwork network, Tensor image)
    {
        using var scope = NewDisposeScope();
        var moved = zeros_like(image);
        long predicted;
        using (no_grad()) predicted = network.Logits(image).argmax(1).ToInt64();
        for (var i = 0; i < MaxIterations; i++)
        {
            var x = image.add(moved.mul(1 + Overshoot)).requires_grad_();
            var logits = network.Logits(x).squeeze(0);
            if (logits.argmax(0).ToInt64() != predicted) break;
            var (distance, direction) = (double.PositiveInfinity, moved);
            for (var k = 0; k < logits.shape[0]; k++)
            {
                if (k == predicted) continue;
                var gap = logits[k].sub(logits[predicted]);
                gap.backward(retain_graph: true);
                var slope = x.grad!;
                x.grad = null;
                var norm = slope.norm().ToDouble();
                var away = Math.Abs(gap.ToDouble()) / norm;
                if (away < distance) (distance, direction) = (away, slope.div(norm));
            }
            moved = moved.add(direction.mul(distance + StepFloor)).detach();
        }
        return (1 + Overshoot) * moved.norm().ToDouble();
    }
}

using Harness.Torch.Native;
using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>
/// Trains a tiny network for two steps on fixed numbers and compares what libtorch makes of them with stored values. A libtorch of a neighbouring
/// version may export the same names over other object layouts: it loads, and then computes nonsense or ends the process.
/// </summary>
public static class SelfTest
{
    private const double Tolerance = 1e-5;

    /// <summary>The whole of the hidden verb <c>self-test</c>: loads a libtorch, tests it and says what is wrong with it, one line each.</summary>
    /// <param name="location">Which libtorch.</param>
    /// <param name="output">Receives the lines.</param>
    /// <returns>The exit code: 0 where nothing is wrong, else 1.</returns>
    public static int Report(LibtorchLocation location, TextWriter output)
    {
        IReadOnlyList<string> problems;
        try
        {
            Libtorch.Load(location);
            problems = Run();
        }
        catch (LibtorchException e)
        {
            problems = [e.Message];
        }

        foreach (var problem in problems) output.WriteLine(problem);
        return problems.Count == 0 ? 0 : 1;
    }

    /// <summary>Tests the libtorch that is loaded: forward, backward, optimiser step, convolution, batch norm, singular values, save and load.</summary>
    /// <returns>What is wrong; empty where nothing is.</returns>
    public static IReadOnlyList<string> Run()
    {
        try
        {
            return [.. Measure().Select(Compare).OfType<string>()];
        }
        catch (Exception e)
        {
            // Whatever a misfit libtorch throws is the finding.
            return [$"it fails with {e.GetType().Name}: {e.Message.Split('\n')[0]}"];
        }
    }

    /// <summary>What the loaded libtorch computes, by the names of <see cref="SelfTestValues.Expected"/>.</summary>
    internal static IEnumerable<(string Name, double[] Values)> Measure()
    {
        using var scope = NewDisposeScope();
        using var layers = new SelfTestNetwork();
        using var optimiser = optim.SGD(layers.parameters(), 0.1, momentum: 0.9, weight_decay: 1e-3);
        using var images = SelfTestNetwork.Wave(0.37, 4, 3, 6, 6);
        using var labels = tensor(new long[] { 0, 1, 2, 1 });
        for (var step = 1; step <= 2; step++)
        {
            optimiser.zero_grad();
            var logits = layers.forward(images);
            var loss = nn.functional.cross_entropy(logits, labels);
            loss.backward();
            yield return ($"logits {step}", Doubles(logits));
            yield return ($"loss {step}", Doubles(loss));
            yield return ($"gradient of the convolution {step}", Doubles(layers.Convolution.weight!.grad!));
            optimiser.step();
        }

        yield return ("weights after two steps", Doubles(layers.Linear.weight!));
        yield return ("running mean", Doubles(layers.Norm.running_mean!));
        yield return ("running variance", Doubles(layers.Norm.running_var!));
        yield return ("singular values", Doubles(linalg.svdvals(SelfTestNetwork.Wave(0.71, 5, 4).to(float64))));

        if (Operator.Available) yield return ("fused step", FusedStep());

        layers.eval();
        var before = Doubles(layers.forward(images));
        yield return ("logits in eval mode", before);
        using var saved = new MemoryStream();
        layers.save(saved);
        using var copy = new MemoryStream(saved.ToArray());
        using var loaded = new SelfTestNetwork();
        loaded.load(copy);
        loaded.eval();
        yield return ("logits in eval mode", Doubles(loaded.forward(images)));
    }

    // Handed to the dispatcher as slots of 64 bits: this is what finds out a libtorch that lays them out in another way.
    private static double[] FusedStep()
    {
        var (weights, velocity) = (tensor(new[] { 1f, 2f }), zeros(2));
        foreach (var gradient in new[] { 0.5f, -0.25f })
            FusedSgd.Step(weights, tensor(new[] { gradient, 2 * gradient }), velocity, learningRate: 0.1, momentum: 0.9, weightDecay: 0.01);
        return Doubles(weights);
    }

    private static string? Compare((string Name, double[] Values) measured)
    {
        var expected = SelfTestValues.Expected[measured.Name];
        if (expected.Length != measured.Values.Length) return $"{measured.Name}: {measured.Values.Length} numbers instead of {expected.Length}";
        var worst = expected.Zip(measured.Values).MaxBy(pair => double.IsNaN(pair.Second) ? double.PositiveInfinity : Math.Abs(pair.First - pair.Second));
        return Math.Abs(worst.First - worst.Second) <= Tolerance * Math.Max(1, Math.Abs(worst.First))
            ? null
            : $"{measured.Name}: {worst.Second:G7} instead of {worst.First:G7}";
    }

    // At most 12 of them, evenly spread, so that the stored values stay readable.
    private static double[] Doubles(Tensor tensor)
    {
        var all = tensor.detach().to(float64).contiguous().data<double>().ToArray();
        var stride = (all.Length + 11) / 12;
        return [.. all.Where((_, i) => i % stride == 0)];
    }
}

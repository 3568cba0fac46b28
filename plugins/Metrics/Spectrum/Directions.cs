using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>Random directions in the space of the weights.</summary>
internal static class Directions
{
    /// <summary>A uniformly random vector of length 1: normal numbers, by Box and Muller, divided by their length.</summary>
    /// <param name="dimension">P.</param>
    /// <param name="seed">Where it comes from.</param>
    /// <param name="device">Where it is to lie.</param>
    /// <returns>P, float64. The caller's dispose scope owns it.</returns>
    public static Tensor Unit(long dimension, Seed seed, Device device)
    {
        var random = seed.Random();
        var values = new double[dimension];
        for (var i = 0; i < values.Length; i += 2)
        {
            var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = radius * cosine;
            if (i + 1 < values.Length) values[i + 1] = radius * sine;
        }
        using var scope = NewDisposeScope();
        var vector = tensor(values, ScalarType.Float64, device);
        return vector.div(vector.norm()).MoveToOuterDisposeScope();
    }
}

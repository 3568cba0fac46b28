using Harness;
using static TorchSharp.torch;

namespace Testing.Networks;

/// <summary>Random tensors that do not touch libtorch's generator, which tests running side by side share.</summary>
public static class SeededTensors
{
    /// <summary>Uniform float32 values.</summary>
    /// <param name="seed">Where they come from.</param>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Bound above.</param>
    /// <param name="shape">Shape of the tensor.</param>
    public static Tensor Uniform(this Seed seed, double low, double high, params long[] shape)
    {
        var random = seed.Random();
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++) values[i] = random.NextDouble(low, high);
        using var flat = tensor(values, ScalarType.Float32);
        return flat.view(shape).clone();
    }
}

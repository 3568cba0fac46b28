using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks.Speed;

/// <summary>What the device does at best: square matrix products of libtorch's, the fastest of several sizes.</summary>
/// <param name="Float32">Floating-point operations a processor second; of a GPU, a second.</param>
/// <param name="Bf16">The same in bfloat16.</param>
/// <param name="Float64">The same in float64.</param>
internal sealed record Peak(double Float32, double Bf16, double Float64)
{
    private const int Rounds = 3;

    /// <summary>Measures and prints it.</summary>
    public static Peak Measure(Device on)
    {
        var peak = new Peak(Best(on, ScalarType.Float32), Best(on, ScalarType.BFloat16), Best(on, ScalarType.Float64));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"peak, best matrix product: float32 {peak.Float32 / 1e9:F0}, bf16 {peak.Bf16 / 1e9:F0}, float64 {peak.Float64 / 1e9:F0} GFLOP per processor second; bf16 / float32 {peak.Bf16 / peak.Float32:F2}"));
        return peak;
    }

    private static double Best(Device on, ScalarType type)
    {
        var best = 0.0;
        var onGpu = on.type != DeviceType.CPU;
        int[] sides = onGpu ? [4096, 8192] : [512, 1024, 1536];
        foreach (var side in sides)
        {
            using var scope = NewDisposeScope();
            var (a, b) = (randn(side, side, device: on).to(type), randn(side, side, device: on).to(type));
            for (var round = 0; round <= Rounds; round++)
            {
                var took = Seconds.Of(() =>
                {
                    using var product = a.mm(b);
                    if (onGpu) cuda.synchronize();
                });
                // The first one packs, loads kernels and allocates.
                if (round > 0) best = Math.Max(best, 2.0 * side * side * side / (onGpu ? took.Wall : took.Processor));
            }
        }
        return best;
    }
}

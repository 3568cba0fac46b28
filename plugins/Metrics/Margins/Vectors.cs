using System.Numerics;
using System.Runtime.InteropServices;

namespace Harness.Metrics.Margins;

/// <summary>Sums over vectors of float64, as wide as the processor's registers.</summary>
internal static class Vectors
{
    /// <summary>a·b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        var sum = Vector<double>.Zero;
        for (var i = 0; i < wideA.Length; i++) sum += wideA[i] * wideB[i];
        var total = Vector.Sum(sum);
        for (var i = wideA.Length * Vector<double>.Count; i < a.Length; i++) total += a[i] * b[i];
        return total;
    }

    /// <summary>‖A‖_F of rows.</summary>
    public static double Norm(double[][] rows) => Math.Sqrt(rows.Sum(row => Dot(row, row)));

    /// <summary>a ← a + factor b.</summary>
    public static void Add(Span<double> a, double factor, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        for (var i = 0; i < wideA.Length; i++) wideA[i] += factor * wideB[i];
        for (var i = wideA.Length * Vector<double>.Count; i < a.Length; i++) a[i] += factor * b[i];
    }
}

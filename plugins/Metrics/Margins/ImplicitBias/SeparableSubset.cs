namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>
/// The maximal separable subset of two classes (Ji and Telgarsky 2019, section 2): the images with u·z > 0 for some u that has u·z ≥ 0 for all. It is unique, and of those left some positive
/// combination is 0.
/// </summary>
internal static class SeparableSubset
{
    /// <summary>Below this share of its length a product of vectors is taken for rounding: features are float32.</summary>
    private const double Tolerance = 1e-5;

    private const int Sweeps = 20_000;

    /// <summary>Which rows are in it.</summary>
    /// <param name="rows">z: features of the second class, and those of the first negated. Not changed.</param>
    /// <param name="cancellation">Checked between sweeps.</param>
    /// <remarks>
    /// The sum of what is left, projected on the cone {r: r·z ≥ 0 for all z}, separates some of it; where the projection is 0, the sum and a combination of all z with weights of at least 0
    /// cancel, so that nothing left can be separated.
    /// </remarks>
    public static bool[] Of(double[][] rows, CancellationToken cancellation)
    {
        var unit = rows.Select(Unit).ToArray();
        var separable = new bool[rows.Length];
        while (separable.Contains(false))
        {
            var sum = new double[rows[0].Length];
            foreach (var (i, z) in unit.Index().Where(z => !separable[z.Index])) Vectors.Add(sum, 1, z);
            var scale = Math.Sqrt(Vectors.Dot(sum, sum));
            var r = Projected(sum, unit, Tolerance * scale, cancellation);
            var length = Math.Sqrt(Vectors.Dot(r, r));
            if (length <= Tolerance * scale) break;
            // As far as r leaves the cone, no product is evidence.
            var least = Math.Max(Tolerance * length, -10 * unit.Min(z => Vectors.Dot(r, z)));
            var found = Enumerable.Range(0, unit.Length).Where(i => !separable[i] && Vectors.Dot(r, unit[i]) > least).ToList();
            if (found.Count == 0) break;
            foreach (var i in found) separable[i] = true;
        }
        return separable;
    }

    /// <summary>The projection on the cone, by Hildreth's coordinate descent on the weights of the z that it leans on.</summary>
    private static double[] Projected(double[] vector, double[][] unit, double nothing, CancellationToken cancellation)
    {
        var r = (double[])vector.Clone();
        var weights = new double[unit.Length];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            cancellation.ThrowIfCancellationRequested();
            var outside = 0.0;
            for (var i = 0; i < unit.Length; i++)
            {
                var product = Vectors.Dot(r, unit[i]);
                outside = Math.Max(outside, -product);
                var step = Math.Max(-weights[i], -product);
                if (step == 0) continue;
                weights[i] += step;
                Vectors.Add(r, step, unit[i]);
            }
            var length = Math.Sqrt(Vectors.Dot(r, r));
            if (length <= nothing || outside <= Tolerance / 100 * length) break;
        }
        return r;
    }

    private static double[] Unit(double[] row)
    {
        var length = Math.Sqrt(Vectors.Dot(row, row));
        return length > 0 ? [.. row.Select(v => v / length)] : row;
    }
}

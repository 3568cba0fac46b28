namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>What gradient descent on a linear head tends to on fixed features: a direction to which it grows, and where images cannot be separated a point on their span.</summary>
/// <param name="Separable">Which images are in the maximal separable subset.</param>
/// <param name="Direction">V/‖V‖_F of the maximum margin on the separable images, projected across the span of the others, C rows; null where that is not known or there are none.</param>
/// <param name="Margin">The margin min_i m_i/‖V‖_F; NaN where the direction is null.</param>
/// <param name="Gap">The relative duality gap reached.</param>
/// <param name="Basis">An orthonormal basis of the span of the others, k rows; none where all are separable.</param>
/// <param name="Offset">V̄, C rows in that span; null where all are separable.</param>
/// <param name="Infimum">The infimum of the mean cross-entropy.</param>
internal sealed record Limit(bool[] Separable, double[][]? Direction, double Margin, double Gap, double[][] Basis, double[][]? Offset, double Infimum)
{
    /// <summary>So large that what is separable is separated without slack.</summary>
    private const double Penalty = 1e6;

    /// <summary>Finds it. More than two classes are taken for separable, and the direction is not known where they are not.</summary>
    /// <param name="samples">x and y.</param>
    /// <param name="classes">C.</param>
    /// <param name="options">Gap and passes of the solver.</param>
    /// <param name="seed">The solver's order of the images.</param>
    /// <param name="cancellation">Checked between passes.</param>
    public static Limit Of(Samples samples, int classes, ImplicitBiasOptions options, Seed seed, CancellationToken cancellation)
    {
        var signed = samples.Rows.Select((x, i) => samples.Labels[i] == 1 ? x : [.. x.Select(v => -v)]).ToArray();
        var separable = classes == 2 ? SeparableSubset.Of(signed, cancellation) : [.. samples.Rows.Select(_ => true)];
        double[][] others = [.. signed.Where((_, i) => !separable[i])];
        var least = others.Length > 0 ? LeastRisk.Of(others) : null;
        var basis = least?.Basis ?? [];
        double[][]? offset = least is null ? null : [[.. least.Point.Select(v => -v / 2)], [.. least.Point.Select(v => v / 2)]];
        var infimum = (least?.Risk ?? 0) / samples.Rows.Length;
        if (!separable.Contains(true)) return new(separable, null, double.NaN, double.NaN, basis, offset, infimum);

        var chosen = samples.Only(separable);
        var across = chosen with { Rows = [.. chosen.Rows.Select(x => Across(x, basis))] };
        var length = Math.Sqrt(across.Rows.Average(x => Vectors.Dot(x, x)));
        var scaled = across with { Rows = [.. across.Rows.Select(x => x.Select(v => v / length).ToArray())] };
        var svm = MulticlassSvm.Solve(scaled, classes, Penalty, options.Gap, options.Passes, seed, cancellation);
        var norm = Vectors.Norm(svm.Weight);
        var margin = length * scaled.SmallestMargin(svm.Weight) / norm;
        return margin > 0
            ? new(separable, [.. svm.Weight.Select(w => w.Select(v => v / norm).ToArray())], margin, svm.Gap, basis, offset, infimum)
            : new(separable, null, double.NaN, svm.Gap, basis, offset, infimum);
    }

    /// <summary>The part of a vector within the span.</summary>
    /// <param name="vector">p numbers.</param>
    /// <param name="basis">Of the span.</param>
    public static double[] Along(double[] vector, double[][] basis)
    {
        var along = new double[vector.Length];
        foreach (var direction in basis) Vectors.Add(along, Vectors.Dot(vector, direction), direction);
        return along;
    }

    private static double[] Across(double[] vector, double[][] basis)
    {
        var across = (double[])vector.Clone();
        Vectors.Add(across, -1, Along(vector, basis));
        return across;
    }
}

namespace Harness.Metrics.NeuralCollapse.Generalised;

/// <summary>
/// How far one of C points is from the convex hull of the others: the nearest point by the algorithm of Mitchell, Demyanov and Malozemov (1974), which
/// needs inner products alone and stops at a duality gap.
/// </summary>
internal static class ConvexHull
{
    /// <summary>Relative gap between the squared distance found and its lower bound.</summary>
    public const double Gap = 1e-8;

    /// <summary>Squared distances below this, of unit vectors, are 0: the point lies in the hull.</summary>
    private const double Inside = 1e-14;

    private const int MostSteps = 1_000_000;

    /// <summary>The distance; NaN where the gap is not reached in a million steps.</summary>
    /// <param name="gram">Inner products of the C points, C x C.</param>
    /// <param name="k">Which point.</param>
    public static double Distance(double[,] gram, int k)
    {
        // With q_j = v_j − v_k the hull of the others, seen from v_k, is {Σ λ_j q_j}, and the nearest point x of it has the length sought. q_k = 0 takes no part.
        var count = gram.GetLength(0);
        double Inner(int i, int j) => gram[i, j] - gram[i, k] - gram[j, k] + gram[k, k];

        var start = k == 0 ? 1 : 0;
        for (var j = 0; j < count; j++)
            if (j != k && Inner(j, j) < Inner(start, start)) start = j;
        var weights = new double[count];
        weights[start] = 1;
        var inner = new double[count];   // <x, q_j>
        for (var j = 0; j < count; j++) inner[j] = Inner(j, start);

        for (var step = 0; step < MostSteps; step++)
        {
            var (toward, from, squared) = (start, start, 0.0);
            for (var j = 0; j < count; j++)
            {
                if (j == k) continue;
                if (inner[j] < inner[toward]) toward = j;
                if (weights[j] > 0 && (weights[from] == 0 || inner[j] > inner[from])) from = j;
                squared += weights[j] * inner[j];
            }
            // No point of the hull is nearer than min_j <x, q_j>/‖x‖.
            if (squared <= Inside) return 0;
            if (double.IsNaN(squared)) return double.NaN;
            if (squared - inner[toward] <= Gap * squared) return Math.Sqrt(squared);

            var curvature = Inner(toward, toward) + Inner(from, from) - 2 * Inner(toward, from);
            var moved = curvature > 0 ? Math.Min(weights[from], (inner[from] - inner[toward]) / curvature) : weights[from];
            weights[toward] += moved;
            weights[from] = moved == weights[from] ? 0 : weights[from] - moved;
            for (var j = 0; j < count; j++) inner[j] += moved * (Inner(j, toward) - Inner(j, from));
        }
        return double.NaN;
    }
}

namespace Harness.Metrics.Margins;

/// <summary>
/// The multiclass support vector machine of Crammer and Singer (2001): min ½‖W‖_F² + K Σ_i max(0, 1 − m_i), m_i = min_(c≠y) (w_y − w_c)·x_i, by coordinate ascent on
/// its dual (Keerthi et al. 2008, KDD, section 3), each image's C variables solved exactly at once, in float64.
/// </summary>
/// <remarks>
/// Dual: max Σ_i α_i,y − ½‖W‖_F², w_c = Σ_i α_i,c x_i, with Σ_c α_i,c = 0, α_i,y ≤ K and α_i,c ≤ 0 for c ≠ y. Where W separates the images, W divided by its smallest
/// margin has no slack: ½‖W‖²/(min m)² bounds both this optimum and the hard-margin one from above, so that the gap is one to the hard margin as well.
/// </remarks>
internal sealed class MulticlassSvm
{
    /// <summary>Passes over the support vectors for each over all images: they are few, and W is made of them.</summary>
    private const int SupportPasses = 10;

    /// <summary>An image of no length has a curvature of 0; this small one makes its variables jump to their bound.</summary>
    private const double LeastCurvature = 1e-12;

    private readonly Samples samples;
    private readonly double penalty;
    private readonly double[] curvatures;
    private readonly double[][] dual;
    private readonly double[] gradient;
    private readonly double[] falling;

    private MulticlassSvm(Samples samples, int classes, double penalty)
    {
        this.samples = samples;
        this.penalty = penalty;
        curvatures = [.. samples.Rows.Select(x => Math.Max(LeastCurvature, Vectors.Dot(x, x)))];
        dual = Matrix(samples.Rows.Length, classes);
        Weight = Matrix(classes, samples.Dimension);
        (gradient, falling) = (new double[classes], new double[classes]);
    }

    /// <summary>W, C rows of p; they sum to 0.</summary>
    public double[][] Weight { get; }

    /// <summary>(P − D)/P of the last pass, 0 or above but for rounding: the optimum is at least (1 − gap) times what was reached.</summary>
    public double Gap { get; private set; } = double.PositiveInfinity;

    /// <summary>The dual objective D, which bounds the optimum from below.</summary>
    public double Dual { get; private set; }

    /// <summary>Share of images with α_i,y = K: 0 where the solution is the hard-margin one.</summary>
    public double AtBound => (double)Enumerable.Range(0, dual.Length).Count(i => dual[i][samples.Labels[i]] >= penalty) / dual.Length;

    /// <summary>Solves.</summary>
    /// <param name="samples">x and y.</param>
    /// <param name="classes">C.</param>
    /// <param name="penalty">K, of a slack of 1.</param>
    /// <param name="gap">Stop at this relative duality gap.</param>
    /// <param name="passes">Passes over all images at most.</param>
    /// <param name="seed">The order of the images.</param>
    /// <param name="cancellation">Checked between passes.</param>
    public static MulticlassSvm Solve(Samples samples, int classes, double penalty, double gap, int passes, Seed seed, CancellationToken cancellation)
    {
        var svm = new MulticlassSvm(samples, classes, penalty);
        for (var pass = 0; pass < passes && !(svm.Gap <= gap); pass++)
        {
            var order = seed.Derive("order", pass).Random().Permutation(samples.Rows.Length);
            foreach (var i in order) svm.Ascend(i);
            int[] support = [.. order.Where(i => IsSupport(svm.dual[i]))];
            for (var again = 0; again < SupportPasses; again++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var i in support) svm.Ascend(i);
            }
            svm.Certify();
        }
        return svm;
    }

    private static bool IsSupport(double[] variables) => variables.Any(a => a != 0);

    /// <summary>
    /// Maximises the dual over one image's variables. With B the gradient at α = 0 and A the curvature, α_c = min(0, (β − B_c)/A) for c ≠ y and
    /// α_y = (β − B_y)/A, or K where that is above it; β makes them sum to 0.
    /// </summary>
    private void Ascend(int image)
    {
        var (x, label, curvature, variables) = (samples.Rows[image], samples.Labels[image], curvatures[image], dual[image]);
        for (var c = 0; c < gradient.Length; c++)
        {
            gradient[c] = Vectors.Dot(Weight[c], x) + (c == label ? 0 : 1) - curvature * variables[c];
            falling[c] = c == label ? double.PositiveInfinity : -gradient[c];
        }
        Array.Sort(falling); // Of the negatives: the largest comes first without a comparer, and the label last.
        var threshold = Threshold(gradient[label], 1);
        if (threshold - gradient[label] > curvature * penalty) threshold = Threshold(-curvature * penalty, 0);
        var others = 0.0;
        for (var c = 0; c < gradient.Length; c++)
        {
            if (c != label) others += Set(c, Math.Min(0, (threshold - gradient[c]) / curvature));
        }
        Set(label, Math.Min(penalty, -others));

        double Threshold(double sum, int free)
        {
            for (var next = 0; next < falling.Length - 1 && (free == 0 || sum / free < -falling[next]); next++)
            {
                sum -= falling[next];
                free++;
            }
            return sum / free;
        }

        double Set(int c, double value)
        {
            if (value == variables[c]) return value;
            Vectors.Add(Weight[c], value - variables[c], x);
            return variables[c] = value;
        }
    }

    private void Certify()
    {
        var half = Weight.Sum(w => Vectors.Dot(w, w)) / 2;
        var (slack, least) = (0.0, double.PositiveInfinity);
        var scores = new double[Weight.Length];
        for (var i = 0; i < dual.Length; i++)
        {
            var other = double.NegativeInfinity;
            for (var c = 0; c < scores.Length; c++)
            {
                scores[c] = Vectors.Dot(Weight[c], samples.Rows[i]);
                if (c != samples.Labels[i]) other = Math.Max(other, scores[c]);
            }
            var margin = scores[samples.Labels[i]] - other;
            least = Math.Min(least, margin);
            slack += Math.Max(0, 1 - margin);
        }
        Dual = dual.Select((variables, i) => variables[samples.Labels[i]]).Sum() - half;
        var primal = Math.Min(half + penalty * slack, least > 0 ? half / (least * least) : double.PositiveInfinity);
        Gap = (primal - Dual) / primal;
    }

    private static double[][] Matrix(int rows, int columns) => [.. Enumerable.Range(0, rows).Select(_ => new double[columns])];
}

using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse.Generalised;

/// <summary>GNC2: C directions are as far as they can be from one another, which is a simplex where p is at least C − 1 and a softmax code where it is not.</summary>
/// <param name="name">What the vectors are, as names spell it.</param>
/// <param name="series">What they are, for people.</param>
/// <param name="vector">A vector in a formula.</param>
internal sealed class SoftmaxCode(string name, string series, string vector)
{
    /// <summary>Of the centred class means.</summary>
    public static readonly SoftmaxCode Means = new("means", "class means", "(μ_c − μ_G)/‖μ_c − μ_G‖");

    /// <summary>Of the rows of the head's weight.</summary>
    public static readonly SoftmaxCode Classifiers = new("classifiers", "classifiers", "w_c/‖w_c‖");

    public Quantity OneVersusRest => new()
    {
        Name = $"one-vs-rest.{name}",
        Title = $"One-versus-rest distance of {series}",
        Formula = $"min_c dist(v_c, conv{{v_c′ : c′ ≠ c}}), v_c = {vector}, to a relative duality gap of 1e-8; C/(C − 1) for a simplex",
        Source = $"{Papers.Jiang}, their GNC2",
        Direction = Direction.HigherIsCollapsed,
        Figure = new(12, "GNC2: class means and classifiers become a softmax code"),
        Series = series,
    };

    public Quantity OneVersusOne => new()
    {
        Name = $"one-vs-one.{name}",
        Title = $"One-versus-one distance of {series}",
        Formula = $"min_(c≠c′) ‖v_c − v_c′‖, v_c = {vector}; √(2C/(C − 1)) for a simplex",
        Source = $"{Papers.Jiang}, the Tammes problem",
        Direction = Direction.HigherIsCollapsed,
    };

    /// <summary>Both.</summary>
    public IReadOnlyList<Quantity> Quantities => [OneVersusRest, OneVersusOne];

    /// <summary>Reports both; NaN where a vector has length 0.</summary>
    /// <param name="rows">One vector a row, C x p, float64.</param>
    /// <param name="split">The images the vectors are of, or null.</param>
    /// <param name="sink">Receives them.</param>
    /// <param name="cancellation">Checked at each class.</param>
    public void Measure(Tensor rows, Split? split, IMeasurementSink sink, CancellationToken cancellation)
    {
        var directions = rows.div(rows.square().sum(1, keepdim: true).sqrt());
        var gram = Matrix(directions.mm(directions.t()));
        var (rest, one) = (double.PositiveInfinity, double.PositiveInfinity);
        for (var c = 0; c < gram.GetLength(0); c++)
        {
            cancellation.ThrowIfCancellationRequested();
            rest = Math.Min(rest, ConvexHull.Distance(gram, c));
            for (var other = 0; other < c; other++) one = Math.Min(one, Math.Sqrt(Math.Max(0, gram[c, c] + gram[other, other] - 2 * gram[c, other])));
        }
        sink.Scalar(OneVersusRest, split, rest);
        sink.Scalar(OneVersusOne, split, one);
    }

    private static double[,] Matrix(Tensor square)
    {
        var matrix = new double[square.shape[0], square.shape[0]];
        Buffer.BlockCopy(square.cpu().contiguous().data<double>().ToArray(), 0, matrix, 0, sizeof(double) * matrix.Length);
        return matrix;
    }
}

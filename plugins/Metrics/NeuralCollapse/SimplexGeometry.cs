using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>NC2: C vectors become a simplex equiangular tight frame, of one length and with cosines -1/(C-1).</summary>
/// <param name="name">What the vectors are, as names spell it.</param>
/// <param name="series">What they are, for people.</param>
/// <param name="letter">A vector in a formula.</param>
/// <param name="where">What the letter stands for.</param>
/// <param name="drawn">Whether they are lines of the paper's figures.</param>
internal sealed class SimplexGeometry(string name, string series, string letter, string where, bool drawn)
{
    /// <summary>Of the centred class means.</summary>
    public static readonly SimplexGeometry Means = new("means", "class means", "m", "m_c = μ_c − μ_G", drawn: true);

    /// <summary>Of the rows of the head's weight, not centred.</summary>
    public static readonly SimplexGeometry Classifiers = new("classifiers", "classifiers", "w", "w_c the rows of W", drawn: true);

    /// <summary>Of the rows of the head's weight less their average, which moves every logit alike and decides nothing.</summary>
    public static readonly SimplexGeometry CentredClassifiers = new("classifiers.centred", "centred classifiers", "v", "v_c = w_c − Ave_c′ w_c′", drawn: false);

    public Quantity Equinorm => Of(2, "equinorm", "Equinorm of {0}", "Std_c ‖{0}_c‖ / Ave_c ‖{0}_c‖, {1}, Std with denominator C", "become equinorm");

    public Quantity Equiangularity =>
        Of(3, "equiangularity", "Equiangularity of {0}", "Std_(c≠c′) cos({0}_c, {0}_c′), {1}, Std with denominator C(C − 1)", "become equiangular");

    public Quantity MaximalAngle =>
        Of(4, "maximal-angle", "Distance of {0} from the maximal angle", "Ave_(c≠c′) |cos({0}_c, {0}_c′) + 1/(C − 1)|, {1}", "approach the maximal angle");

    /// <summary>The distance of the Gram matrix from the simplex's, as Zhu et al. measure NC2.</summary>
    public Quantity Simplex => new()
    {
        Name = $"simplex.{name}",
        Title = $"Distance of {series} from a simplex",
        Formula = $"‖A Aᵀ/‖A Aᵀ‖_F − (I − 1 1ᵀ/C)/√(C − 1)‖_F, the rows of A {letter}_c, {where}",
        Source = letter == "w" ? $"{Papers.Zhu}, their NC2" : $"{Papers.Zhu}, their NC2 of {series}",
        Direction = Direction.LowerIsCollapsed,
    };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Quantity> Quantities => [Equinorm, Equiangularity, MaximalAngle, Simplex];

    /// <summary>Reports the four. A vector of length 0 has no angle: the values are then NaN.</summary>
    /// <param name="rows">One vector a row, C x p, float64.</param>
    /// <param name="split">The images the vectors are of, or null.</param>
    /// <param name="sink">Receives them.</param>
    public void Measure(Tensor rows, Split? split, IMeasurementSink sink)
    {
        var classes = rows.shape[0];
        var norms = rows.square().sum(1).sqrt();
        sink.Scalar(Equinorm, split, Deviation(norms) / norms.mean().ToDouble());

        var directions = rows.div(norms.unsqueeze(1));
        var pairs = eye(classes, dtype: ScalarType.Bool, device: rows.device).logical_not();
        var cosines = directions.mm(directions.t()).masked_select(pairs);
        sink.Scalar(Equiangularity, split, Deviation(cosines));
        sink.Scalar(MaximalAngle, split, cosines.add(1.0 / (classes - 1)).abs().mean().ToDouble());
        sink.Scalar(Simplex, split, FromSimplex(rows.mm(rows.t())));
    }

    /// <summary>‖G/‖G‖_F − (I − 11ᵀ/C)/√(C−1)‖_F.</summary>
    /// <param name="gram">G, C x C, float64.</param>
    public static double FromSimplex(Tensor gram)
    {
        var classes = gram.shape[0];
        var simplex = eye(classes, dtype: ScalarType.Float64, device: gram.device).sub(1.0 / classes).div(Math.Sqrt(classes - 1));
        return gram.div(gram.norm()).sub(simplex).norm().ToDouble();
    }

    private static double Deviation(Tensor values) => values.sub(values.mean()).square().mean().sqrt().ToDouble();

    private Quantity Of(int figure, string property, string title, string formula, string becomes) => new()
    {
        Name = $"{property}.{name}",
        Title = string.Format(null, title, series),
        Formula = string.Format(null, formula, letter, where),
        Source = drawn ? Papers.Figure(figure) : Papers.Variant(figure, "with W centred, as some peers do"),
        Direction = Direction.LowerIsCollapsed,
        Figure = drawn ? new(figure, $"NC2: class means and classifiers {becomes}") : null,
        Series = drawn ? series : "",
    };
}

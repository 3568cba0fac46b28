using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>NC2: C vectors become a simplex equiangular tight frame, of one length and with cosines -1/(C-1).</summary>
/// <param name="vectors">What the vectors are, as names and formulas spell it.</param>
/// <param name="letter">A vector in a formula.</param>
internal sealed class SimplexGeometry(string vectors, string letter)
{
    /// <summary>Of the centred class means.</summary>
    public static readonly SimplexGeometry Means = new("means", "m");

    /// <summary>Of the rows of the head's weight, not centred.</summary>
    public static readonly SimplexGeometry Classifiers = new("classifiers", "w");

    private readonly string series = vectors == "means" ? "class means" : vectors;
    private readonly string where = letter == "m" ? "m_c = μ_c − μ_G" : "w_c the rows of W";

    public Quantity Equinorm => new()
    {
        Name = $"equinorm.{vectors}",
        Title = $"Equinorm of {series}",
        Formula = $"Std_c ‖{letter}_c‖ / Ave_c ‖{letter}_c‖, {where}, Std with denominator C",
        Source = Paper.Figure(2),
        Direction = Direction.LowerIsCollapsed,
        Figure = new(2, "NC2: class means and classifiers become equinorm"),
        Series = series,
    };

    public Quantity Equiangularity => new()
    {
        Name = $"equiangularity.{vectors}",
        Title = $"Equiangularity of {series}",
        Formula = $"Std_(c≠c′) cos({letter}_c, {letter}_c′), {where}, Std with denominator C(C − 1)",
        Source = Paper.Figure(3),
        Direction = Direction.LowerIsCollapsed,
        Figure = new(3, "NC2: class means and classifiers become equiangular"),
        Series = series,
    };

    public Quantity MaximalAngle => new()
    {
        Name = $"maximal-angle.{vectors}",
        Title = $"Distance of {series} from the maximal angle",
        Formula = $"Ave_(c≠c′) |cos({letter}_c, {letter}_c′) + 1/(C − 1)|, {where}",
        Source = Paper.Figure(4),
        Direction = Direction.LowerIsCollapsed,
        Figure = new(4, "NC2: class means and classifiers approach the maximal angle"),
        Series = series,
    };

    /// <summary>Reports the three. A vector of length 0 has no angle: the values are then NaN.</summary>
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
    }

    private static double Deviation(Tensor values) => values.sub(values.mean()).square().mean().sqrt().ToDouble();
}

namespace Harness;

/// <summary>Where a metric puts its results, one by one, as soon as it has them.</summary>
public interface IMeasurementSink
{
    /// <summary>Reports one number.</summary>
    /// <param name="quantity">One of the metric's declared quantities.</param>
    /// <param name="split">The images it was measured on, or null where it is of the weights alone.</param>
    /// <param name="value">The number. NaN and infinities are kept as such and shown as holes.</param>
    /// <param name="standardError">Standard error of <paramref name="value"/> over the sampled images, where it is an average over a sample.</param>
    void Scalar(Quantity quantity, Split? split, double value, double? standardError = null);

    /// <summary>Reports a curve or a distribution: one value at each position.</summary>
    /// <param name="quantity">One of the metric's declared quantities.</param>
    /// <param name="split">The images it was measured on, or null where it is of the weights alone.</param>
    /// <param name="x">Positions: eps, layer, quantile.</param>
    /// <param name="y">Values, as many as positions.</param>
    void Curve(Quantity quantity, Split? split, ReadOnlySpan<double> x, ReadOnlySpan<double> y);
}

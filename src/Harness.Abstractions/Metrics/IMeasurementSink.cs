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

    /// <summary>Reports a matrix: a confusion matrix, class means against class means. For the ends of the terminal phase: see <see cref="Snapshot.AtEnds"/>.</summary>
    /// <param name="quantity">One of the metric's declared quantities.</param>
    /// <param name="split">The images it was measured on, or null where it is of the weights alone.</param>
    /// <param name="rows">What a row is: "true class".</param>
    /// <param name="columns">What a column is: "predicted class".</param>
    /// <param name="values">Row by row, at most 256 x 256. NaN and infinities are kept as such and shown as holes.</param>
    /// <remarks>A sink that keeps numbers alone passes over it.</remarks>
    void Matrix(Quantity quantity, Split? split, string rows, string columns, double[,] values)
    {
    }

    /// <summary>Reports a few small pictures for people to look at. For the ends of the terminal phase: see <see cref="Snapshot.AtEnds"/>.</summary>
    /// <param name="quantity">One of the metric's declared quantities.</param>
    /// <param name="split">The images they come from, or null where they come from none.</param>
    /// <param name="rows">
    /// At most 256 pixels a side, and together at most 1 MiB, a byte a pixel and channel: a report of more is an error. They are kept exactly, so that two runs of one
    /// cell stay equal byte for byte; the page averages those above 64 pixels a side down.
    /// </param>
    /// <remarks>A sink that keeps numbers alone passes over it.</remarks>
    void Pictures(Quantity quantity, Split? split, IReadOnlyList<PictureRow> rows)
    {
    }
}

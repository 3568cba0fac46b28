using Harness.Results;

namespace Harness.Measuring;

/// <summary>Holds what one metric reports at one epoch until it has returned, since a metric that throws loses all of it.</summary>
/// <param name="epoch">The epoch.</param>
/// <param name="metric">The metric's name.</param>
/// <param name="card">Its card: quantities it does not declare are refused.</param>
internal sealed class MeasurementBuffer(int epoch, string metric, MetricCard card) : IMeasurementSink
{
    private const int LongestSide = 256;
    private const int MostBytes = 1 << 20;

    private readonly List<Measurement> reported = [];

    /// <summary>In the order of reporting.</summary>
    public IReadOnlyList<Measurement> Reported => reported;

    public void Scalar(Quantity quantity, Split? split, double value, double? standardError = null) =>
        Add(new(epoch, metric, quantity.Name, split, value, standardError));

    public void Curve(Quantity quantity, Split? split, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"The curve of '{quantity.Name}' has {x.Length} positions and {y.Length} values; they must be as many.");
        Add(new(epoch, metric, quantity.Name, split, Value: null, X: x.ToArray(), Y: y.ToArray()));
    }

    public void Matrix(Quantity quantity, Split? split, string rows, string columns, double[,] values)
    {
        var (height, width) = (values.GetLength(0), values.GetLength(1));
        if (height is < 1 or > LongestSide || width is < 1 or > LongestSide)
            throw new ArgumentException($"The matrix of '{quantity.Name}' is {height} x {width}; it may be from 1 x 1 to {LongestSide} x {LongestSide}.");
        Add(new(epoch, metric, quantity.Name, split, Matrix: new(rows, columns, [.. Enumerable.Range(0, height).Select(r => Enumerable.Range(0, width).Select(c => values[r, c]).ToArray())])));
    }

    public void Pictures(Quantity quantity, Split? split, IReadOnlyList<PictureRow> rows)
    {
        var pictures = rows.SelectMany(row => row.Pictures).ToArray();
        foreach (var (caption, shape, pixels) in pictures)
        {
            var which = $"The picture '{caption}' of '{quantity.Name}'";
            if (shape.Channels is not (1 or 3)) throw new ArgumentException($"{which} has {shape.Channels} channels; it may have 1, for grey, or 3, for colour.");
            if (shape.Height is < 1 or > LongestSide || shape.Width is < 1 or > LongestSide)
                throw new ArgumentException($"{which} is {shape.Height} x {shape.Width} pixels; it may be from 1 x 1 to {LongestSide} x {LongestSide}: show a part, or average it down.");
            if (pixels.Length != shape.Bytes) throw new ArgumentException($"{which} is {shape} and has {pixels.Length} bytes; it must have {shape.Bytes}.");
        }

        if (pictures.Sum(p => (long)p.Pixels.Length) is > MostBytes and var bytes)
            throw new ArgumentException($"The pictures of '{quantity.Name}' have {bytes} bytes of pixels; together they may have {MostBytes}: show fewer or smaller ones.");
        // Copied, since a metric may go on to use its own.
        Add(new(epoch, metric, quantity.Name, split, Pictures: [.. rows.Select(row => new PictureRow(row.Caption, [.. row.Pictures.Select(p => p with { Pixels = [.. p.Pixels] })]))]));
    }

    private void Add(Measurement measurement)
    {
        if (!card.Quantities.Any(q => q.Name == measurement.Quantity))
        {
            throw new InvalidOperationException(
                $"Metric '{metric}' reports '{measurement.Quantity}', which its card does not declare; " +
                $"it declares {string.Join(", ", card.Quantities.Select(q => q.Name))}.");
        }
        if (reported.Any(m => m.Quantity == measurement.Quantity && m.Split == measurement.Split))
        {
            var where = measurement.Split is { } split ? $" for the {split} split" : "";
            throw new InvalidOperationException($"Metric '{metric}' reports '{measurement.Quantity}' twice{where}.");
        }
        reported.Add(measurement);
    }
}

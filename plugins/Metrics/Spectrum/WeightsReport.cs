using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>Measures the Gauss-Newton matrix over some weights, and reports it.</summary>
/// <param name="quantities">As what.</param>
/// <param name="options">How.</param>
/// <param name="classes">C.</param>
/// <param name="seed">Of the random vectors.</param>
/// <param name="sink">Where to.</param>
/// <param name="cancellation">Checked at every product.</param>
internal sealed class WeightsReport(
    WeightsQuantities quantities, SpectrumOptions options, int classes, Seed seed, IMeasurementSink sink, CancellationToken cancellation)
{
    /// <summary>What of a Ritz value is known: relative error of those that are reported.</summary>
    private const double Known = 0.01;

    /// <summary>Rounding of a product, relative: which of two eigenvalues is larger is not asked more closely.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Spectra, outliers and attribution.</summary>
    /// <param name="matrix">G.</param>
    /// <param name="forms">The quadratic forms of a vector: of every part, and of what else is to be had along the way.</param>
    /// <param name="withVectors">Gets the first run on G while it has its vectors, and the forms of its leading ones.</param>
    public void Spectra(
        GaussNewton matrix, Func<Tensor, (PartValues Parts, double Other)> forms, Action<Lanczos, IReadOnlyList<(PartValues Parts, double Other)>> withVectors)
    {
        var decades = Decades(matrix.Jacobian.Precision);
        var values = new Dictionary<Matrix, double[]>();
        var largest = 0.0;
        foreach (var which in Matrix.All)
        {
            var runs = Runs(matrix, which);
            // Vectors are let go before the next matrix, so that memory holds those of one.
            using var first = runs[0];
            values[which] = first.Values;
            if (which == Matrix.GaussNewton)
            {
                largest = first.Values[0];
                withVectors(first, Leading(first, Edge(), forms));
            }
            Report(which, runs);
        }
        sink.Scalar(quantities.Outliers, Split.Train, Gone(Matrix.GaussNewton, Matrix.WithoutClass));
        sink.Scalar(quantities.MiniBulk, Split.Train, Gone(Matrix.WithoutClass, Matrix.WithoutMeans));

        double Edge() => largest * Math.Pow(10, -decades);

        void Report(Matrix which, IReadOnlyList<Lanczos> runs)
        {
            var density = SpectralDensity.Logarithmic(runs, largest, decades, options.Points, options.Smoothing);
            sink.Curve(quantities.Density(which), Split.Train, density.X, density.Y);
            ReportEigenvalues(quantities.Eigenvalues(which), runs[0], Edge(), sink);
        }

        int Gone(Matrix from, Matrix to)
        {
            var edge = Math.Max(values[to][0] * (1 + Rounding), Edge());
            return values[from].Count(value => value > edge);
        }
    }

    /// <summary>Traces and what share of it each part has.</summary>
    /// <param name="trace">Of a part, or of all.</param>
    public void Traces(Func<Parts, (double Value, double? StandardError)> trace)
    {
        var whole = trace(Parts.All);
        sink.Scalar(quantities.Trace(Matrix.GaussNewton), Split.Train, whole.Value, whole.StandardError);
        foreach (var part in Matrix.Four)
        {
            var (value, error) = trace(part.Parts);
            sink.Scalar(quantities.Trace(part), Split.Train, value, error);
            sink.Scalar(quantities.Share(part), Split.Train, value / whole.Value);
        }
    }

    /// <summary>The leading Ritz values that are known well, of those above an edge.</summary>
    /// <param name="quantity">As what.</param>
    /// <param name="run">Of the matrix.</param>
    /// <param name="edge">Below which rounding begins.</param>
    /// <param name="sink">Where to.</param>
    public static void ReportEigenvalues(Quantity quantity, Lanczos run, double edge, IMeasurementSink sink)
    {
        var values = run.Values.Zip(run.Bounds).TakeWhile(r => r.First > edge && r.Second <= Known * r.First).Select(r => r.First).ToArray();
        sink.Curve(quantity, Split.Train, [.. Enumerable.Range(1, values.Length).Select(j => (double)j)], values);
    }

    /// <summary>How many decades below the largest eigenvalue rounding begins.</summary>
    /// <param name="precision">Of the products.</param>
    public static double Decades(ScalarType precision) => precision == ScalarType.Float64 ? 12 : 6;

    private IReadOnlyList<(PartValues Parts, double Other)> Leading(Lanczos run, double edge, Func<Tensor, (PartValues Parts, double Other)> forms)
    {
        var count = run.Values.Take(Math.Min(classes, (run.Values.Length + 1) / 2)).Count(value => value > edge);
        var leading = new List<(PartValues Parts, double Other)>();
        for (var j = 0; j < count; j++)
        {
            using var scope = NewDisposeScope();
            leading.Add(forms(run.Vector(j)));
        }
        double[] ranks = [.. Enumerable.Range(1, count).Select(j => (double)j)];
        foreach (var part in Matrix.Four)
            sink.Curve(quantities.Attribution(part), Split.Train, ranks, [.. leading.Select(f => f.Parts[part.Parts] / f.Parts.Sum)]);
        sink.Scalar(quantities.Explained, Split.Train, leading.Sum(f => f.Parts.Class) / leading.Sum(f => f.Parts.Sum));
        return leading;
    }

    private IReadOnlyList<Lanczos> Runs(GaussNewton matrix, Matrix which)
    {
        // Of a matrix of rank r a random vector sees r eigenvalues and 0; as many steps again are for those that are nearly equal.
        var steps = which.Rank(classes) is { } rank ? Math.Min(options.Steps, 2 * (rank + 1)) : options.Steps;
        return Runs(v => matrix.Product(v, which.Parts), matrix.Jacobian, steps, seed.Derive(which.Name), options.Probes, cancellation);
    }

    /// <summary>Lanczos runs from different starts, of which the first keeps its vectors and is the caller's to dispose.</summary>
    /// <param name="product">The matrix times a vector.</param>
    /// <param name="jacobian">Says of what length and precision vectors are.</param>
    /// <param name="steps">Of each.</param>
    /// <param name="seed">Of the starts.</param>
    /// <param name="probes">How many.</param>
    /// <param name="cancellation">Checked at each step.</param>
    public static IReadOnlyList<Lanczos> Runs(
        Func<Tensor, Tensor> product, IJacobian jacobian, int steps, Seed seed, int probes, CancellationToken cancellation)
    {
        // The first comes last, so that no other runs beside its vectors.
        var runs = new Lanczos[probes];
        for (var i = probes - 1; i >= 0; i--)
        {
            runs[i] = Lanczos.Run(product, jacobian.Dimension, steps, seed.Derive("probe", i), jacobian.Precision, jacobian.Device, cancellation);
            if (i > 0) runs[i].Dispose();
        }
        return runs;
    }
}

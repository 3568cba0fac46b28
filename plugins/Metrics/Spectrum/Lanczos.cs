using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>
/// The Lanczos process with full reorthogonalisation: m steps with a symmetric matrix, known by its products, from a random start. Its Ritz values and weights are a Gauss quadrature of
/// the matrix's spectrum (Golub and Meurant 1994; Ubaru, Chen and Saad 2017), its outer Ritz values are eigenvalues.
/// </summary>
/// <remarks>
/// Coefficients are float64, whatever the vectors are kept in. Where the space is exhausted before the steps, as by a matrix of low rank or with equal eigenvalues, it goes on from a
/// new start orthogonal to all before, which finds what the first could not see, and leaves the weights as they were. Equal eigenvalues are otherwise seen once.
/// </remarks>
internal sealed class Lanczos : IDisposable
{
    // 64 vectors of it in float64 are 64 MB.
    private const int ChunkElements = 1 << 17;

    private readonly Tensor basis;
    private readonly Tensor vectors;

    private Lanczos(Tensor basis, double[] diagonal, double[] offDiagonal, double residual)
    {
        this.basis = basis;
        var matrix = diag(tensor(diagonal));
        if (offDiagonal.Length > 0) matrix = matrix + diag(tensor(offDiagonal), 1) + diag(tensor(offDiagonal), -1);
        var (values, columns) = linalg.eigh(matrix);
        vectors = columns.flip(1);
        Values = values.flip(0).data<double>().ToArray();
        Weights = vectors[0].square().data<double>().ToArray();
        Bounds = vectors[diagonal.Length - 1].abs().mul(residual).data<double>().ToArray();
    }

    /// <summary>Ritz values, falling; each is at most the eigenvalue of the same rank.</summary>
    public double[] Values { get; }

    /// <summary>The quadrature weight of each: they add up to 1.</summary>
    public double[] Weights { get; }

    /// <summary>An eigenvalue lies within this of each.</summary>
    public double[] Bounds { get; }

    /// <summary>Runs it. The caller disposes it, m vectors; values, weights and bounds stay.</summary>
    /// <param name="product">The matrix times a vector of <paramref name="precision"/>: P, float64.</param>
    /// <param name="dimension">P.</param>
    /// <param name="steps">m; P where that is less.</param>
    /// <param name="seed">Where starts come from.</param>
    /// <param name="precision">What vectors are kept in.</param>
    /// <param name="device">Where.</param>
    /// <param name="cancellation">Checked at each step.</param>
    public static Lanczos Run(
        Func<Tensor, Tensor> product, long dimension, int steps, Seed seed, ScalarType precision, Device device, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var count = (int)Math.Min(steps, dimension);
        var basis = empty(count, dimension, precision, device);
        var rounding = precision == ScalarType.Float64 ? 1e-13 : 1e-6;
        var diagonal = new double[count];
        var offDiagonal = new double[count - 1];
        var (scale, residual) = (0.0, 0.0);
        basis[0].copy_(Directions.Unit(dimension, seed, device));
        for (var j = 0; j < count; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var next = product(basis[j]);
            // Twice is enough (Parlett 1980, after Kahan).
            diagonal[j] = Orthogonalise(next, j + 1) + Orthogonalise(next, j + 1);
            residual = next.norm().ToDouble();
            scale = Math.Max(scale, Math.Abs(diagonal[j]) + residual);
            var exhausted = residual <= rounding * scale;
            if (exhausted) residual = 0;
            if (j == count - 1) break;
            if (exhausted)
            {
                next = Directions.Unit(dimension, seed.Derive("restart", j), device);
                Orthogonalise(next, j + 1);
                Orthogonalise(next, j + 1);
            }
            offDiagonal[j] = residual;
            basis[j + 1].copy_(next.div(next.norm()));
        }
        var run = new Lanczos(basis, diagonal, offDiagonal, residual);
        run.basis.DetachFromDisposeScope();
        run.vectors.DetachFromDisposeScope();
        return run;

        // Takes from a vector what it has along the first k of the basis, and says what it had along the last of these.
        double Orthogonalise(Tensor vector, int k)
        {
            using var step = NewDisposeScope();
            var along = Coefficients(basis.narrow(0, 0, k), vector);
            foreach (var (chunk, rows) in Chunks(basis.narrow(0, 0, k))) vector.narrow(0, chunk, rows.shape[1]).sub_(rows.t().mv(along));
            return along[k - 1].ToDouble();
        }
    }

    /// <summary>A Ritz vector, of length 1 and float64 but for rounding. The caller's dispose scope owns it.</summary>
    /// <param name="rank">Which, from 0, the largest value's.</param>
    public Tensor Vector(int rank) => Combined(vectors.select(1, rank));

    /// <summary>A vector without what it has along the leading Ritz vectors. The caller's dispose scope owns it.</summary>
    /// <param name="vector">P, float64.</param>
    /// <param name="count">How many.</param>
    public Tensor Deflated(Tensor vector, int count)
    {
        using var scope = NewDisposeScope();
        var leading = vectors.narrow(1, 0, count).to(vector.device);
        var along = leading.mm(leading.t()).mv(Coefficients(basis, vector));
        return vector.sub(Combined(along)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        basis.Dispose();
        vectors.Dispose();
    }

    private Tensor Combined(Tensor coefficients)
    {
        using var scope = NewDisposeScope();
        var onDevice = coefficients.to(basis.device);
        return cat([.. Chunks(basis).Select(c => c.Rows.t().mv(onDevice))]).MoveToOuterDisposeScope();
    }

    private static Tensor Coefficients(Tensor rows, Tensor vector)
    {
        var sum = zeros(rows.shape[0], ScalarType.Float64, rows.device);
        foreach (var (start, chunk) in Chunks(rows)) sum.add_(chunk.mv(vector.narrow(0, start, chunk.shape[1])));
        return sum;
    }

    /// <summary>Columns of a basis in float64, a few at a time, so that no second basis stands beside it.</summary>
    private static IEnumerable<(long Start, Tensor Rows)> Chunks(Tensor rows)
    {
        for (long start = 0; start < rows.shape[1]; start += ChunkElements)
        {
            var chunk = rows.narrow(1, start, Math.Min(ChunkElements, rows.shape[1] - start)).to(ScalarType.Float64);
            yield return (start, chunk);
            chunk.Dispose();
        }
    }
}

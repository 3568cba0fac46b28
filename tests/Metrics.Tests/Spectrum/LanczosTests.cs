using Harness;
using Harness.Metrics.Spectrum;
using TorchSharp;
using static TorchSharp.torch;

namespace Metrics.Tests.Spectrum;

public class LanczosTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 1e-11)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void InAsManyStepsAsDimensionsEveryEigenvalueIsFound(ScalarType precision, double tolerance)
    {
        using var scope = NewDisposeScope();
        var (matrix, values) = Symmetric(30);
        using var run = Run(matrix, 30, precision);
        foreach (var (expected, found) in values.Zip(run.Values)) Assert.Equal(expected, found, tolerance * values[0]);
        Assert.Equal(1, run.Weights.Sum(), 1e-6);
        for (var j = 0; j < 30; j++)
        {
            var vector = run.Vector(j);
            Assert.True((matrix.mv(vector) - values[j] * vector).norm().ToDouble() < 100 * tolerance * values[0]);
        }
    }

    /// <summary>Golub and Meurant: m steps integrate polynomials up to degree 2m − 1 exactly over the measure of the start.</summary>
    [Fact]
    public void TheQuadratureIsGausss()
    {
        using var scope = NewDisposeScope();
        var (matrix, values) = Symmetric(40);
        matrix = matrix / values[0];
        using var run = Run(matrix, 6);
        var start = Directions.Unit(40, new(1), CPU);
        var power = start;
        for (var degree = 0; degree < 12; degree++)
        {
            Assert.Equal(start.dot(power).ToDouble(), run.Values.Zip(run.Weights, (v, w) => w * Math.Pow(v, degree)).Sum(), 1e-11);
            power = matrix.mv(power);
        }
        Assert.NotEqual(start.dot(power).ToDouble(), run.Values.Zip(run.Weights, (v, w) => w * Math.Pow(v, 12)).Sum(), 1e-11);
    }

    [Fact]
    public void OuterValuesAreBoundedAndNeverTooLarge()
    {
        using var scope = NewDisposeScope();
        var (matrix, values) = Symmetric(200);
        using var run = Run(matrix, 40);
        for (var j = 0; j < 40; j++)
        {
            Assert.True(run.Values[j] <= values[j] + 1e-9);
            Assert.True(values.Min(v => Math.Abs(v - run.Values[j])) <= run.Bounds[j] + 1e-9, $"Ritz value {j}");
        }
        Assert.True(run.Bounds[0] < 1e-2 * values[0], $"± {run.Bounds[0]} of {values[0]}");
    }

    [Fact]
    public void EqualEigenvaluesAreAllFoundOnceTheSpaceIsExhausted()
    {
        using var scope = NewDisposeScope();
        var values = new double[] { 5, 5, 5, 2, 2, 0, 0, 0 };
        var basis = linalg.qr(Symmetric(8).Matrix).Item1;
        var matrix = basis.mm(diag(tensor(values))).mm(basis.t());
        using var run = Run(matrix, 8);
        Assert.Equal(values, run.Values, (a, b) => Math.Abs(a - b) < 1e-9);
        // The start sees three eigenvalues, and the weights of what came after are 0.
        Assert.Equal(1, run.Weights.Sum(), 1e-9);
        Assert.Equal(3, run.Weights.Count(w => w > 1e-9));
    }

    [Fact]
    public void OfTheZeroMatrixEverythingIsZero()
    {
        using var scope = NewDisposeScope();
        using var run = Run(zeros(5, 5, ScalarType.Float64), 4);
        Assert.Equal(new double[4], run.Values);
        Assert.Equal(1, run.Weights.Sum(), 1e-12);
        var density = SpectralDensity.Logarithmic([run], 0, 6, 64, 0.01);
        Assert.All(density.Y, y => Assert.Equal(0, y));
        Assert.All(density.X, x => Assert.True(double.IsFinite(x)));
        Assert.Equal(1, Integral(SpectralDensity.Linear([run], 256, 0.02)), 1e-3);
    }

    [Fact]
    public void DeflationTakesTheLeadingVectorsOut()
    {
        using var scope = NewDisposeScope();
        var (matrix, _) = Symmetric(20);
        using var run = Run(matrix, 20);
        var vector = Directions.Unit(20, new(9), CPU);
        var expected = vector.clone();
        for (var j = 0; j < 3; j++) expected -= run.Vector(j) * run.Vector(j).dot(vector);
        Assert.True((run.Deflated(vector, 3) - expected).norm().ToDouble() < 1e-12);
        Assert.True((run.Deflated(vector, 0) - vector).norm().ToDouble() < 1e-12);
    }

    [Fact]
    public void TheDensityIsThatOfTheEigenvalues()
    {
        using var scope = NewDisposeScope();
        // A semicircle over [−1, 1], as of a random matrix, and the average of runs: density 2/π √(1 − x²).
        var nodes = Enumerable.Range(0, 2000).Select(i => (i + 0.5) / 2000).Select(Quantile).ToArray();
        var matrix = tensor(nodes);
        var runs = Enumerable.Range(0, 4).Select(i => Lanczos.Run(v => matrix.mul(v), 2000, 64, new Seed((ulong)i), ScalarType.Float64, CPU, default)).ToArray();
        var density = SpectralDensity.Linear(runs, 400, 0.02);
        Assert.Equal(1, Integral(density), 1e-3);
        foreach (var (x, y) in density.X.Zip(density.Y).Where(p => Math.Abs(p.First) < 0.8)) Assert.Equal(2 / Math.PI * Math.Sqrt(1 - x * x), y, 0.1);
        foreach (var run in runs) run.Dispose();
    }

    [Fact]
    public void OnALogarithmicAxisADecadeIsAUnit()
    {
        using var scope = NewDisposeScope();
        using var run = Run(diag(tensor(new[] { 100.0, 1, 0 })), 3);
        var density = SpectralDensity.Logarithmic([run], 100, 4, 1024, 0.01);
        Assert.Equal(-2, density.X[0], 1e-12);
        // Half way between the two, and what is 0 is not drawn.
        var (low, high) = (Part(density, x => x < 1), Part(density, x => x > 1));
        Assert.Equal(run.Weights[0], high, 1e-3);
        Assert.Equal(run.Weights[1], low, 1e-3);
    }

    [Fact]
    public void AStopIsHeardAtAStep()
    {
        using var stop = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => Lanczos.Run(
            v =>
            {
                if (++steps == 3) stop.Cancel();
                return v * arange(1, 11, ScalarType.Float64);
            },
            10, 10, new Seed(1), ScalarType.Float64, CPU, stop.Token));
        Assert.Equal(3, steps);
    }

    private static Lanczos Run(Tensor matrix, int steps, ScalarType precision = ScalarType.Float64) =>
        Lanczos.Run(v => matrix.mv(v.to(ScalarType.Float64)), matrix.shape[0], steps, new Seed(1), precision, CPU, default);

    /// <summary>A random symmetric matrix with its eigenvalues, falling.</summary>
    private static (Tensor Matrix, double[] Values) Symmetric(int size)
    {
        var random = new Seed(2).Random();
        var square = tensor(Enumerable.Range(0, size * size).Select(_ => random.NextDouble(-1, 1)).ToArray()).view(size, size);
        var matrix = square + square.t();
        return (matrix, linalg.eigvalsh(matrix).flip(0).data<double>().ToArray());
    }

    private static double Quantile(double share)
    {
        var (low, high) = (-1.0, 1.0);
        for (var i = 0; i < 60; i++)
        {
            var x = (low + high) / 2;
            if (0.5 + (x * Math.Sqrt(1 - x * x) + Math.Asin(x)) / Math.PI < share) low = x;
            else high = x;
        }
        return low;
    }

    private static double Integral(SpectralDensity density) => Part(density, _ => true);

    private static double Part(SpectralDensity density, Func<double, bool> where) =>
        density.X.Zip(density.Y).Where(p => where(p.First)).Sum(p => p.Second) * (density.X[1] - density.X[0]);
}

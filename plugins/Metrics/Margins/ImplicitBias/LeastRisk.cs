using static TorchSharp.torch;

namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>Where the logistic risk Σ ln(1 + exp(−u·z)) of images that cannot be separated is least, on their span: it is strongly convex there, so that Newton's steps find the one point.</summary>
/// <param name="Basis">An orthonormal basis of the span, k rows.</param>
/// <param name="Point">u.</param>
/// <param name="Risk">The risk there, a sum over the images.</param>
internal sealed record LeastRisk(double[][] Basis, double[] Point, double Risk)
{
    private const double RankTolerance = 1e-5;
    private const int Steps = 200;

    /// <summary>Finds it.</summary>
    /// <param name="rows">z, at least one; a positive combination of them is 0.</param>
    public static LeastRisk Of(double[][] rows)
    {
        using var scope = NewDisposeScope();
        var z = tensor(rows.SelectMany(row => row).ToArray(), ScalarType.Float64).view(rows.Length, -1);
        var (_, s, v) = linalg.svd(z, fullMatrices: false);
        var basis = v.narrow(0, 0, s.gt(RankTolerance * s[0].item<double>()).sum().item<long>());
        var x = z.mm(basis.t());
        var point = zeros(basis.shape[0], ScalarType.Float64);
        var risk = Risk(point);
        for (var step = 0; step < Steps; step++)
        {
            var wrong = x.mv(point).neg().sigmoid();
            var direction = linalg.solve(x.t().mm(x.mul(wrong.mul(1 - wrong).unsqueeze(1))), x.t().mv(wrong));
            var length = 1.0;
            while (length > 1e-10 && Risk(point + direction * length) > risk) length /= 2;
            point = point + direction * length;
            risk = Risk(point);
            if (direction.norm().item<double>() <= 1e-12 * (1 + point.norm().item<double>())) break;
        }
        return new([.. basis.contiguous().data<double>().ToArray().Chunk((int)basis.shape[1])], basis.t().mv(point).data<double>().ToArray(), risk);

        double Risk(Tensor at) => x.mv(at).neg().logaddexp(zeros(1, ScalarType.Float64)).sum().item<double>();
    }
}

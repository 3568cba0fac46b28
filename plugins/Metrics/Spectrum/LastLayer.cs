using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>
/// The last layer's Jacobian in closed form: z = W h + b is linear in its weights, so g_(i,c') = (p_i − e_c') xᵀ with x = (h, 1), its Hessian is its Gauss-Newton matrix, and no
/// network is run.
/// </summary>
/// <param name="inputs">x of N images, N x d, float64: d = p + 1, or p where the head has no bias.</param>
/// <param name="classes">C.</param>
internal sealed class LastLayer(Tensor inputs, int classes) : IJacobian
{
    /// <summary>C d: row c of W, then b_c, class after class.</summary>
    public long Dimension => classes * inputs.shape[1];

    public ScalarType Precision => ScalarType.Float64;

    public Device Device => inputs.device;

    public Tensor Apply(Tensor direction) => inputs.mm(direction.view(classes, -1).t());

    public Tensor Transposed(Tensor slopes) => slopes.t().mm(inputs).flatten();

    /// <summary>The exact traces: sums over pairs of images of one class of (x_i·x_j) times what their probabilities have in common, O(N²(d + C)/C) in all.</summary>
    /// <param name="curvature">The same images'.</param>
    public PartValues Traces(LogitCurvature curvature)
    {
        var sum = new PartValues();
        for (var c = 0; c < classes; c++)
        {
            using var scope = NewDisposeScope();
            var rows = curvature.Labels.eq(c).nonzero().flatten();
            if (rows.shape[0] > 0) sum += OfClass(c, rows, curvature);
        }
        return sum;
    }

    private PartValues OfClass(int c, Tensor rows, LogitCurvature curvature)
    {
        var (x, p, w) = (inputs.index_select(0, rows), curvature.Others.index_select(0, rows), curvature.Weights.index_select(0, rows));
        var ownWeights = curvature.OwnWeights.index_select(0, rows).select(1, c);
        var missed = p.sum(1);
        var lengths = x.square().sum(1);
        var gram = x.mm(x.t());
        // p_i·p_j with the label's own 1 − missed.
        var common = p.mm(p.t()).add((1 - missed).outer(1 - missed));

        // w_cc'² ‖g_cc'‖² for every c', then w_cc' ‖g_cc'‖².
        var squares = w.mul(gram.mul(1 + common).mm(w)).sum([0]).sub(w.mul(p).mul(gram.mm(w)).sum([0]).mul(2));
        var weights = w.sum([0]);
        var ofMeans = squares.div(weights).masked_fill(weights.eq(0), 0).sum().ToDouble();

        // w_c g_c = Σ_i a_i xᵢᵀ, a_i = Σ_c' w_ic' (e_c' − p_i); its entry for the label is minus the sum of the others.
        var others = w.sub(p.mul(w.sum(1, keepdim: true)));
        var inCommon = others.mm(others.t()).add(others.sum(1).outer(others.sum(1)));
        var weight = weights.sum().ToDouble();
        var ofClass = weight > 0 ? inCommon.mul(gram).sum().ToDouble() / weight : 0;

        var off = lengths.mul(w.mul(1 - 2 * p + common.diagonal().unsqueeze(1)).sum(1)).sum().ToDouble();
        var same = lengths.mul(ownWeights).mul(missed.square().add(p.square().sum(1))).sum().ToDouble();
        // What is left of a difference of equal numbers may be a rounding below 0.
        return new(ofClass, Math.Max(0, ofMeans - ofClass), Math.Max(0, off - ofMeans), same);
    }
}

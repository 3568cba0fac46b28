using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>
/// The part of the Gauss-Newton matrix that does not know where logits come from: G = Jᵀ S J with J the logits' Jacobian, NC x P, and every part of G has an S of its own.
/// So the last layer and the whole network differ in J alone, and no gradient g_(i,c') is ever formed.
/// </summary>
/// <remarks>
/// Float64. A sure network has 1 − p_y far below the rounding of p_y: what belongs to the label is always had from the other classes, so that nothing cancels.
/// </remarks>
internal sealed class LogitCurvature
{
    private readonly Tensor own;
    private readonly Tensor ownWeights;
    private readonly Tensor crossWeights;
    private readonly Tensor classWeights;

    /// <summary>Takes the logits of all N images. The caller's dispose scope owns what it makes.</summary>
    /// <param name="logits">z, N x C, float64.</param>
    /// <param name="labels">y, N, int64.</param>
    public LogitCurvature(Tensor logits, Tensor labels)
    {
        Labels = labels;
        var probabilities = logits.softmax(1);
        own = zeros_like(logits).scatter_(1, labels.unsqueeze(1), ones_like(labels.unsqueeze(1), ScalarType.Float64));
        Others = probabilities.mul(1 - own);
        Weights = Others.div(logits.shape[0]);
        ownWeights = probabilities.mul(own).div(logits.shape[0]);
        crossWeights = own.t().mm(Weights);
        classWeights = crossWeights.sum(1, keepdim: true);
    }

    /// <summary>y, N, int64.</summary>
    public Tensor Labels { get; }

    /// <summary>p_(i,c') for c' ≠ y_i, and 0 for the label, N x C.</summary>
    public Tensor Others { get; }

    /// <summary>w_(i,c') = p_(i,c')/N for c' ≠ y_i, and 0 for the label, N x C.</summary>
    public Tensor Weights { get; }

    /// <summary>w_(i,y_i) in the label's place, and 0 elsewhere, N x C.</summary>
    public Tensor OwnWeights => ownWeights;

    /// <summary>The gradient of the loss Ave_i ln Σ_c exp(z_c − z_y) by the logits, (p − e_y)/N, N x C. The caller's dispose scope owns it.</summary>
    public Tensor Residual() => Weights.sub(own.mul(Weights.sum(1, keepdim: true)));

    /// <summary>S u.</summary>
    /// <param name="along">u, N x C, float64: how the logits change along a direction of the weights.</param>
    /// <param name="parts">Of which parts of G.</param>
    /// <returns>N x C, float64. The caller's dispose scope owns it.</returns>
    public Tensor Apply(Tensor along, Parts parts)
    {
        using var scope = NewDisposeScope();
        var (each, cross, classes) = Slopes(along);
        var (ofCross, ofClass) = (cross.index_select(0, Labels), classes.index_select(0, Labels));
        var slopes = zeros_like(along);
        if (parts.HasFlag(Parts.Class)) slopes.add_(ofClass);
        if (parts.HasFlag(Parts.Cross)) slopes.add_(ofCross).sub_(ofClass);
        if (parts.HasFlag(Parts.Within)) slopes.add_(each).sub_(ofCross);
        slopes.mul_(Weights);
        if (parts.HasFlag(Parts.SameClass)) slopes.add_(each.mul(ownWeights));
        return Gathered(slopes).MoveToOuterDisposeScope();
    }

    /// <summary>uᵀ S u of every part, each at least 0; their sum is that of G.</summary>
    /// <param name="along">u, N x C, float64.</param>
    public PartValues Energies(Tensor along)
    {
        using var scope = NewDisposeScope();
        var (each, cross, classes) = Slopes(along);
        return new(
            classes.square().mul(classWeights).sum().ToDouble(),
            cross.sub(classes).square().mul(crossWeights).sum().ToDouble(),
            each.sub(cross.index_select(0, Labels)).square().mul(Weights).sum().ToDouble(),
            each.square().mul(ownWeights).sum().ToDouble());
    }

    /// <summary>Σ_c' s_(i,c') (e_c' − p_i): the adjoint of the slopes.</summary>
    /// <param name="slopes">s, N x C.</param>
    public Tensor Gathered(Tensor slopes)
    {
        var others = slopes.sub(Others.mul(slopes.sum(1, keepdim: true))).mul(1 - own);
        return others.sub(own.mul(others.sum(1, keepdim: true)));
    }

    /// <summary>⟨g_(i,c'), v⟩, N x C, and what they average to: ⟨g_cc', v⟩, C x C, and ⟨g_c, v⟩, C x 1; 0 where nothing has a weight.</summary>
    private (Tensor Each, Tensor Cross, Tensor Classes) Slopes(Tensor along)
    {
        var gaps = along.sub(along.mul(own).sum(1, keepdim: true));
        var each = gaps.sub(gaps.mul(Others).sum(1, keepdim: true));
        var sums = own.t().mm(each.mul(Weights));
        return (each, Ratio(sums, crossWeights), Ratio(sums.sum(1, keepdim: true), classWeights));
    }

    private static Tensor Ratio(Tensor sums, Tensor weights) => sums.div(weights).masked_fill(weights.eq(0), 0);
}

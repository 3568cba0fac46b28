using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Margins;

/// <summary>The numerator of Lyu and Li's smoothed margin, in logarithms throughout: a collapsed network's loss is far below what float64 holds.</summary>
internal static class SmoothedMargin
{
    /// <summary>Below this eˣ is so small that ln(1 + eˣ) and ln(exp(eˣ) − 1) are x to first order in it.</summary>
    private const double Small = -30;

    /// <summary>−ln(exp(Loss) − 1), Loss = Σ_i ln(1 + exp(s_i)) the sum of the cross-entropies. Positive exactly where Loss &lt; ln 2.</summary>
    /// <param name="others">s, N, float64.</param>
    public static double Of(Tensor others)
    {
        using var scope = NewDisposeScope();
        var log = LogOfSoftplus(others).logsumexp(0);
        // ln(exp(x) − 1) = x + ln(1 − exp(−x)), and with x = eˡ small, l + x/2.
        var loss = log.exp();
        return -where(log.lt(Small), log.add(loss.div(2)), loss.add(loss.neg().expm1().neg().log())).ToDouble();
    }

    private static Tensor LogOfSoftplus(Tensor s) => where(s.lt(Small), s.sub(s.exp().div(2)), s.logaddexp(zeros_like(s)).log());
}

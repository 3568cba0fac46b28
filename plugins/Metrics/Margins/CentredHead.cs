using static TorchSharp.torch;

namespace Harness.Metrics.Margins;

/// <summary>A head as the solvers see it: [W b], or W where there is no bias, less its mean over classes, which moves no margin.</summary>
internal static class CentredHead
{
    /// <summary>Whether the head has a bias, which is then the weight of a constant feature.</summary>
    /// <param name="head">The last layer.</param>
    public static bool HasBias(LinearHead head) => head.Bias.ne(0).any().item<bool>();

    /// <summary>W̃, C rows.</summary>
    /// <param name="head">The last layer.</param>
    /// <param name="bias">Whether the bias is the last column.</param>
    public static double[][] Of(LinearHead head, bool bias)
    {
        var whole = bias ? cat([head.Weight, head.Bias.unsqueeze(1)], 1) : head.Weight;
        var centred = whole.sub(whole.mean([0], keepdim: true)).cpu();
        return [.. centred.data<double>().ToArray().Chunk((int)centred.shape[1])];
    }
}

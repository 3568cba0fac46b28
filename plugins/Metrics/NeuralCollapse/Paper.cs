namespace Harness.Metrics.NeuralCollapse;

/// <summary>Where the quantities come from.</summary>
internal static class Paper
{
    /// <summary>The citation of one of the paper's figures.</summary>
    /// <param name="figure">Its number.</param>
    public static string Figure(int figure) => $"Papyan, Han and Donoho 2020 (PNAS 117:24652, arXiv:2008.08186), figure {figure}";
}

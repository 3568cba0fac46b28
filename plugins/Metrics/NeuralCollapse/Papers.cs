namespace Harness.Metrics.NeuralCollapse;

/// <summary>Where the quantities come from.</summary>
internal static class Papers
{
    public const string Zhu = "Zhu et al. 2021 (NeurIPS, arXiv:2105.02375)";
    public const string Galanti = "Galanti, György and Hutter 2022 (ICLR, arXiv:2112.15121)";
    public const string Jiang = "Jiang et al. 2023 (arXiv:2310.05351)";
    public const string HeAndSu = "He and Su 2023 (PNAS 120:e2221704120, arXiv:2210.17020)";

    public const string Ammar = "Ammar et al. 2024 (ICLR, arXiv:2310.06823)";

    private const string Papyan = "Papyan, Han and Donoho 2020 (PNAS 117:24652, arXiv:2008.08186)";

    /// <summary>The citation of one of the figures of Papyan, Han and Donoho.</summary>
    /// <param name="figure">Its number.</param>
    public static string Figure(int figure) => $"{Papyan}, figure {figure}";

    /// <summary>The citation of a quantity that is one of theirs but for one thing.</summary>
    /// <param name="figure">The figure's number.</param>
    /// <param name="difference">The thing.</param>
    public static string Variant(int figure, string difference) => $"{Figure(figure)}, {difference}";
}

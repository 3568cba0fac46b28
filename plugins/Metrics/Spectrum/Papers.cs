namespace Harness.Metrics.Spectrum;

/// <summary>What the quantities come from.</summary>
internal static class Papers
{
    public const string Papyan = "Papyan 2020 (JMLR 21:252, arXiv:2008.11865)";
    public const string Quadrature = "Ubaru, Chen and Saad 2017 (SIAM J. Matrix Anal. Appl. 38:1075)";
}

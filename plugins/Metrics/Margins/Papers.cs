namespace Harness.Metrics.Margins;

/// <summary>What the quantities come from, and what all of them must be read with.</summary>
internal static class Papers
{
    public const string Banburski = "Banburski et al. 2019 (arXiv:1903.04991)";
    public const string LyuAndLi = "Lyu and Li 2020 (ICLR, arXiv:1906.05890)";
    public const string JiAndTelgarsky = "Ji and Telgarsky 2019 (COLT, arXiv:1803.07300)";
    public const string Soudry = "Soudry et al. 2018 (JMLR 19:70, arXiv:1710.10345)";
    public const string CrammerAndSinger = "Crammer and Singer 2001 (JMLR 2:265)";

    /// <summary>The theory is of the loss alone.</summary>
    public const string Descriptive = "descriptive under weight decay, which the theory leaves out";
}

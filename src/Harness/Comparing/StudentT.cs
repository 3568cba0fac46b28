namespace Harness.Comparing;

/// <summary>Quantiles of Student's t distribution, for intervals of a mean over few seeds.</summary>
internal static class StudentT
{
    private const double Normal = 1.959963984540054;

    /// <summary>The 0.975 quantile: a mean lies within this many standard errors of the truth in 95 % of samples from a normal distribution.</summary>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    /// <remarks>Exact for 1 and 2; beyond, the expansion about the normal quantile (Abramowitz and Stegun 26.7.5), to 2e-3 at 3 and 1e-4 from 6 on.</remarks>
    public static double Quantile975(int freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        if (freedom == 1) return Math.Tan(Math.PI * 0.475);
        if (freedom == 2) return 0.95 * Math.Sqrt(2 / (4 * 0.975 * 0.025));
        double z = Normal, z2 = z * z, n = freedom;
        var first = z * (z2 + 1) / 4;
        var second = z * ((5 * z2 * z2) + (16 * z2) + 3) / 96;
        var third = z * ((3 * z2 * z2 * z2) + (19 * z2 * z2) + (17 * z2) - 15) / 384;
        var fourth = z * ((79 * z2 * z2 * z2 * z2) + (776 * z2 * z2 * z2) + (1482 * z2 * z2) - (1920 * z2) - 945) / 92160;
        return z + (first / n) + (second / (n * n)) + (third / (n * n * n)) + (fourth / (n * n * n * n));
    }
}

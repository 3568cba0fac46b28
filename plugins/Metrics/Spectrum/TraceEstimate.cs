namespace Harness.Metrics.Spectrum;

/// <summary>
/// A trace: exact on the leading eigenvectors, which hold most of it, and on what is orthogonal to them the average of vᵀ A v over random v of E v vᵀ = I (Hutchinson 1990), deflated
/// as by Meyer et al. 2021 (Hutch++).
/// </summary>
/// <param name="Value">The trace.</param>
/// <param name="StandardError">Over the random vectors.</param>
internal readonly record struct TraceEstimate(double Value, double StandardError)
{
    public const string How = "exact along the eigenvectors of the outliers, estimated from random vectors beside them (Hutchinson 1990), with their standard error";

    /// <summary>An estimate.</summary>
    /// <param name="leading">vᵀ A v along each eigenvector.</param>
    /// <param name="probes">vᵀ A v along each random vector, two or more.</param>
    public static TraceEstimate Of(IEnumerable<double> leading, IReadOnlyCollection<double> probes)
    {
        var mean = probes.Average();
        var variance = probes.Sum(p => (p - mean) * (p - mean)) / (probes.Count - 1);
        return new(leading.Sum() + mean, Math.Sqrt(variance / probes.Count));
    }
}

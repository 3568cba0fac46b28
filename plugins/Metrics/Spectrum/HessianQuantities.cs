namespace Harness.Metrics.Spectrum;

/// <summary>What is measured of the Hessian of the whole network. The last layer's is its Gauss-Newton matrix.</summary>
internal static class HessianQuantities
{
    private const string Given = "∇²L by all trained weights, L = Ave_i ln Σ_c exp(z_c − z_y), without weight decay, in eval mode";

    public static readonly Quantity Density = new()
    {
        Name = "network.hessian.density",
        Title = "Spectral density of the Hessian, whole network",
        Formula = $"density of {Given}, over x = λ in nats; {WeightsQuantities.Quadrature}",
        Source = Papers.Papyan + "; " + Papers.Quadrature,
        Unit = "share of the eigenvalues per nat",
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Eigenvalues = new()
    {
        Name = "network.hessian.eigenvalues",
        Title = "Largest eigenvalues of the Hessian, whole network",
        Formula = $"λ_j, j = 1, 2 .. falling, of {Given}: the Ritz values known to 1 %, equal ones once",
        Source = Papers.Papyan,
        Unit = "nats",
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Smallest = new()
    {
        Name = "network.hessian.smallest",
        Title = "Smallest eigenvalue of the Hessian, whole network",
        Formula = $"the least Ritz value, which is no less than λ_min, of {Given}",
        Source = Papers.Papyan,
        Unit = "nats",
    };

    public static readonly Quantity Trace = new()
    {
        Name = "network.hessian.trace",
        Title = "Trace of the Hessian, whole network",
        Formula = $"Tr of {Given}; {TraceEstimate.How}",
        Source = Papers.Papyan,
        Unit = "nats",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> All { get; } = [Density, Eigenvalues, Smallest, Trace];
}

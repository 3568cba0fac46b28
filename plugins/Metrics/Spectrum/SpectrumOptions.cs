using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Spectrum;

/// <summary>How spectra are measured.</summary>
public sealed record SpectrumOptions
{
    /// <value>64</value>
    [Description("Lanczos steps of a spectrum, 64 to 128 in the paper. Each is a product with the matrix and a stored vector as long as the weights.")]
    [Range(2, 1024)]
    public int Steps { get; init; } = 64;

    /// <value>1</value>
    [Description("Random vectors a density is averaged over: each is a Lanczos run of its own, so cost grows with it. Eigenvalues come from the first.")]
    [Range(1, 1000)]
    public int Probes { get; init; } = 1;

    /// <value>5000</value>
    [Description("Training images for the last layer, drawn at random, as many of each class as there are: the same at every epoch. All of them where there are fewer.")]
    [Range(1, int.MaxValue)]
    public int LastLayerImages { get; init; } = 5000;

    /// <value>true</value>
    [Description("Whether the whole network is measured too, by Hessian-vector products; the last layer alone needs no pass over the data.")]
    public bool WholeNet { get; init; } = true;

    /// <value>100</value>
    [Description("Training images for the whole network, the first of those for the last layer. Every product with a matrix is several passes over them.")]
    [Range(1, int.MaxValue)]
    public int Images { get; init; } = 100;

    /// <value>100</value>
    [Description("Images in a pass of the whole network. Where one batch holds all images its graph is kept, and a product costs half.")]
    [Range(1, int.MaxValue)]
    public int BatchSize { get; init; } = 100;

    /// <value>8</value>
    [Description("Random vectors the traces of the whole network are estimated from, beside its leading eigenvectors. The last layer's traces are exact.")]
    [Range(2, 10_000)]
    public int TraceProbes { get; init; } = 8;

    /// <value>512</value>
    [Description("Points of a density.")]
    [Range(16, 1024)]
    public int Points { get; init; } = 512;

    /// <value>0.005</value>
    [Description("Standard deviation of the Gaussian that smooths a density, as a share of its axis.")]
    [Range(1e-4, 0.5)]
    public double Smoothing { get; init; } = 0.005;
}

using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse.OutOfDistribution;

/// <summary>Collapse seen from outside: images of none of the classes against the class means (NC5) and against their subspace (NECO), both of Ammar et al. 2024.</summary>
/// <param name="options">NECO's dimension.</param>
[Plugin("out-of-distribution", Summary = "NC5, and NECO beside the largest softmax and logit, against the set that the manifest names as outOfDistribution")]
public sealed class OutOfDistributionMetric(OutOfDistributionOptions options) : IMetric
{
    private const string Subspace = "P on the d leading principal directions of the training features (eigenvectors of Σ_T)";

    private static readonly Quantity Nc5 = new()
    {
        Name = "nc5",
        Title = "Orthogonality of class means and images out of distribution",
        Formula = "Avg_c |cos(μ_c, μ_G^OOD)|, μ_c not centred, μ_G^OOD the mean feature vector of the images out of distribution",
        Source = $"{Papers.Ammar}, NC5",
        Direction = Direction.LowerIsCollapsed,
        Figure = new(21, "NC5: class means become orthogonal to images out of distribution"),
    };

    private static readonly Detector Neco = new("neco", "NECO", $"‖P h‖/‖h‖, {Subspace}", $"{Papers.Ammar}, equation 6");

    private static readonly Detector Standardised = new(
        "neco.standardised", "NECO on standardised features", $"‖P x‖/‖x‖, x_j = (h_j − Avg h_j)/Std h_j of the training features, {Subspace} so standardised",
        $"{Papers.Ammar}, as the authors' code computes it for convolutional networks");

    private static readonly Detector MaxSoftmax = new(
        "max-softmax", "largest softmax", "−ln Σ_(c≠k) exp(z_c − z_k), k = argmax z: the order of max_c softmax(z)_c, which itself rounds to 1", "Hendrycks and Gimpel 2017 (ICLR, arXiv:1610.02136)");

    private static readonly Detector MaxLogit = new("max-logit", "largest logit", "max_c z_c", "Hendrycks et al. 2022 (ICML, arXiv:1911.11132)");

    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = [Nc5, .. Neco.Quantities, .. Standardised.Quantities, .. MaxSoftmax.Quantities, .. MaxLogit.Quantities],
        Needs = MetricNeeds.TrainFeatures | MetricNeeds.TestFeatures | MetricNeeds.OutOfDistribution,
        Cost = "One forward pass of the test images of the set out of distribution; a walk over the stored training features with p x p products in float64, O(Np²), and two p x p eigenvalue problems, O(p³); 32 p² bytes.",
        DefaultAt = MeasureAt.Ends,
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        var (train, test, others) = (snapshot.Features(Split.Train), snapshot.Features(Split.Test), snapshot.OutOfDistribution);
        var outside = Mean(others, snapshot.Device);
        sink.Scalar(Nc5, Split.Train, Orthogonality(train, outside));
        sink.Scalar(Nc5, Split.Test, Orthogonality(test, outside));

        snapshot.Cancellation.ThrowIfCancellationRequested();
        var dimension = (int)Math.Min(options.Dimension ?? snapshot.Classes - 1, train.Dimension);
        var covariance = TotalCovariance.Of(train);
        var plain = PrincipalSubspace.Of(covariance, dimension);
        var standardised = PrincipalSubspace.Standardised(train.Statistics.GlobalMean, covariance, dimension);
        var (inside, outer) = (Scores.Of(test, plain, standardised), Scores.Of(others, plain, standardised));
        Neco.Measure(inside.Neco, outer.Neco, sink);
        Standardised.Measure(inside.Standardised, outer.Standardised, sink);
        MaxSoftmax.Measure(inside.MaxSoftmax, outer.MaxSoftmax, sink);
        MaxLogit.Measure(inside.MaxLogit, outer.MaxLogit, sink);
    }

    /// <summary>The mean feature vector, each image counting once: none has a class.</summary>
    private static Tensor Mean(FeatureSet features, Device device)
    {
        var sum = zeros(features.Dimension, ScalarType.Float64, device);
        features.ForEach(batch => sum.add_(batch.Features.sum(0, type: ScalarType.Float64)));
        return sum.div(features.Count);
    }

    private static double Orthogonality(FeatureSet features, Tensor outside)
    {
        var means = features.Statistics.Means;
        return means.mv(outside).div(means.square().sum(1).sqrt()).abs().mean().ToDouble() / outside.norm().ToDouble();
    }
}

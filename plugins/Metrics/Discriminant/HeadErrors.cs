using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Discriminant;

/// <summary>What a trained head and the least-squares head make of a split, from one walk over its features. Squared errors are averages first within a class.</summary>
/// <param name="LeastSquaresAccuracy">Share of images whose largest output of the least-squares head is their label's, each image counting once.</param>
/// <param name="TrainedAccuracy">The same of the trained head.</param>
/// <param name="LeastSquares">Ave ‖W_LS h + b_LS − e_y‖².</param>
/// <param name="Trained">Ave ‖W h + b − e_y‖².</param>
/// <param name="Within">Ave ‖W_LS (h − μ_y)‖².</param>
/// <param name="Means">Ave_c ‖W_LS μ_c + b_LS − e_c‖².</param>
/// <param name="Apart">Ave ‖(W − W_LS) h + b − b_LS‖².</param>
internal sealed record HeadErrors(
    double LeastSquaresAccuracy, double TrainedAccuracy, double LeastSquares, double Trained, double Within, double Means, double Apart)
{
    /// <summary>Walks.</summary>
    /// <param name="features">h with labels.</param>
    /// <param name="trained">The network's own head.</param>
    /// <param name="fitted">The least-squares head.</param>
    public static HeadErrors Of(FeatureSet features, LinearHead trained, LeastSquaresHead fitted)
    {
        var statistics = features.Statistics;
        var classes = statistics.Counts.Count;
        var labels = eye(classes, dtype: ScalarType.Float64, device: statistics.Means.device);
        var meanOutputs = Outputs(statistics.Means, fitted.Weight, fitted.Bias);
        var averages = new ClassAverages(classes, 4);
        long fittedRight = 0, trainedRight = 0;
        features.ForEach(batch =>
        {
            var h = batch.Features.to(ScalarType.Float64);
            var target = labels.index_select(0, batch.Labels);
            var (ours, theirs) = (Outputs(h, fitted.Weight, fitted.Bias), Outputs(h, trained.Weight, trained.Bias));
            averages.Add(
                batch.Labels, Squares(ours.sub(target)), Squares(theirs.sub(target)), Squares(ours.sub(meanOutputs.index_select(0, batch.Labels))),
                Squares(theirs.sub(ours)));
            fittedRight += ours.argmax(1).eq(batch.Labels).sum().ToInt64();
            trainedRight += batch.Logits.argmax(1).eq(batch.Labels).sum().ToInt64();
        });
        return new(
            (double)fittedRight / features.Count, (double)trainedRight / features.Count, averages.Of(0).Average(), averages.Of(1).Average(),
            averages.Of(2).Average(), Squares(meanOutputs.sub(labels)).mean().ToDouble(), averages.Of(3).Average());
    }

    private static Tensor Outputs(Tensor h, Tensor weight, Tensor bias) => h.mm(weight.t()).add_(bias);

    private static Tensor Squares(Tensor rows) => rows.square().sum(1);
}

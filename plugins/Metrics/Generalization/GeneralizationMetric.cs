namespace Harness.Metrics.Generalization;

/// <summary>Accuracy and cross-entropy on training and test images, from the shared pass over the data.</summary>
[Plugin("generalization", Summary = "Accuracy, errors and cross-entropy on training and test images")]
public sealed class GeneralizationMetric : IMetric
{
    /// <summary>A matrix of more is not reported: nobody could read it, and it would take megabytes.</summary>
    private const int MostClasses = 256;

    private const string Table1 = "Papyan, Han and Donoho 2020 (PNAS 117:24652, arXiv:2008.08186), table 1";
    private static readonly Figure Accuracies = new(9, "Generalization: accuracy on training and test images");
    private static readonly Figure Losses = new(10, "Generalization: cross-entropy on training and test images");

    private static readonly Quantity Accuracy = new()
    {
        Name = "accuracy",
        Title = "Accuracy",
        Formula = "share of images with argmax_c z_c = y, each image counting once",
        Source = Table1,
        Direction = Direction.HigherIsBetter,
        Figure = Accuracies,
    };

    private static readonly Quantity BalancedAccuracy = new()
    {
        Name = "balanced-accuracy",
        Title = "Class-averaged accuracy",
        Formula = "Ave_c of the share of class c's images with argmax_c′ z_c′ = c, over classes that have images",
        Source = "Average of per-class recalls; table 1 uses accuracy",
        Direction = Direction.HigherIsBetter,
    };

    private static readonly Quantity Errors = new()
    {
        Name = "errors",
        Title = "Errors",
        Formula = "#{i : argmax_c z_c ≠ y}",
        Source = "Papyan, Han and Donoho 2020: the terminal phase starts where the training error reaches zero",
        Unit = "images",
        Direction = Direction.LowerIsBetter,
    };

    private static readonly Quantity CrossEntropy = new()
    {
        Name = "cross-entropy",
        Title = "Cross-entropy",
        Formula = "Ave_i (ln Σ_c exp z_c − z_y), in float64, each image counting once",
        Source = "The training loss without weight decay",
        Unit = "nats",
        Direction = Direction.LowerIsBetter,
        Scale = AxisScale.Log,
        Figure = Losses,
    };

    private static readonly Quantity Confusion = new()
    {
        Name = "confusion",
        Title = "Confusion of the test images",
        Formula = "#{i : y_i = row, argmax_c z_c = column}; a C x C matrix, at both ends of the terminal phase, for at most 256 classes",
        Source = "Counts; its diagonal over its sum is the accuracy",
        Unit = "images",
    };

    /// <inheritdoc/>
    public MetricCard Card { get; } = new()
    {
        Quantities = [Accuracy, BalancedAccuracy, Errors, CrossEntropy, Confusion],
        Needs = MetricNeeds.TrainFeatures,
        Uses = MetricNeeds.TestFeatures,
        Cost = "One walk over the stored logits of each split.",
    };

    /// <inheritdoc/>
    public void Measure(Snapshot snapshot, IMeasurementSink sink)
    {
        foreach (var split in snapshot.Splits)
        {
            var tally = Tally.Of(snapshot.Features(split), snapshot.Classes);
            Report(Accuracy, tally.Accuracy);
            Report(BalancedAccuracy, tally.BalancedAccuracy);
            sink.Scalar(Errors, split, tally.Errors);
            Report(CrossEntropy, tally.CrossEntropy);
            if (split == Split.Test && snapshot.AtEnds && snapshot.Classes <= MostClasses) sink.Matrix(Confusion, split, "true class", "predicted class", Values(tally.Confusion));

            // The training images are all there are; the test images are a sample, and their averages have an error.
            void Report(Quantity quantity, (double Value, double StandardError) average) =>
                sink.Scalar(quantity, split, average.Value, split == Split.Test ? average.StandardError : null);
        }
    }

    private static double[,] Values(long[,] counts)
    {
        var values = new double[counts.GetLength(0), counts.GetLength(1)];
        Array.Copy(counts, values, counts.Length);
        return values;
    }
}

using static TorchSharp.torch;

namespace Harness.Metrics.Generalization;

/// <summary>What the logits of one split come to.</summary>
/// <param name="Confusion">Images by label, C rows, and largest logit, C columns.</param>
/// <param name="Losses">Cross-entropy of each image in nats.</param>
internal sealed record Tally(long[,] Confusion, double[] Losses)
{
    /// <summary>Images of each class.</summary>
    private readonly long[] counts = [.. Classes(Confusion).Select(c => Classes(Confusion).Sum(predicted => Confusion[c, predicted]))];

    /// <summary>Those whose largest logit is their label's.</summary>
    private readonly long[] correct = [.. Classes(Confusion).Select(c => Confusion[c, c])];

    /// <summary>Number of images.</summary>
    public int Images => Losses.Length;

    /// <summary>Images whose largest logit is not their label's.</summary>
    public long Errors => Images - correct.Sum();

    /// <summary>Share of the correct, each image counting once, and its binomial standard error.</summary>
    public (double Value, double StandardError) Accuracy
    {
        get
        {
            var share = (double)correct.Sum() / Images;
            return (share, Math.Sqrt(share * (1 - share) / Images));
        }
    }

    /// <summary>Average over the classes that have images of the share of the correct, and its standard error.</summary>
    public (double Value, double StandardError) BalancedAccuracy
    {
        get
        {
            var classes = counts.Zip(correct).Where(c => c.First > 0).Select(c => (Share: (double)c.Second / c.First, Images: c.First)).ToArray();
            var variance = classes.Sum(c => c.Share * (1 - c.Share) / c.Images);
            return (classes.Average(c => c.Share), Math.Sqrt(variance) / classes.Length);
        }
    }

    /// <summary>Mean of the losses and its standard error, NaN for a single image.</summary>
    public (double Value, double StandardError) CrossEntropy
    {
        get
        {
            var mean = Losses.Average();
            var variance = Losses.Sum(loss => (loss - mean) * (loss - mean)) / (Images - 1.0);
            return (mean, Math.Sqrt(variance / Images));
        }
    }

    /// <summary>Counts a split.</summary>
    /// <param name="features">Its logits and labels.</param>
    /// <param name="classes">C.</param>
    public static Tally Of(FeatureSet features, int classes)
    {
        var losses = new List<double>((int)features.Count);
        var confusion = zeros(classes * classes, ScalarType.Int64);
        features.ForEach(batch =>
        {
            var logits = batch.Logits.to(ScalarType.Float64);
            var label = batch.Labels.unsqueeze(1);
            // ln(1 + Σ_{c≠y} exp(z_c − z_y)): where the network is sure, as in the terminal phase, ln Σ exp z − z_y would cancel to 0.
            var others = logits.sub(logits.gather(1, label)).scatter(1, label, full_like(label, double.NegativeInfinity, ScalarType.Float64)).logsumexp(1);
            losses.AddRange(others.logaddexp(zeros_like(others)).cpu().data<double>().ToArray());
            var place = batch.Labels.mul(classes).add(logits.argmax(1)).cpu();
            confusion.scatter_add_(0, place, ones_like(place));
        });
        var cells = confusion.data<long>().ToArray();
        var matrix = new long[classes, classes];
        for (var i = 0; i < cells.Length; i++) matrix[i / classes, i % classes] = cells[i];
        return new(matrix, [.. losses]);
    }

    private static IEnumerable<int> Classes(long[,] confusion) => Enumerable.Range(0, confusion.GetLength(0));
}

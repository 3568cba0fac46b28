using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>Runs attacks on the drawn test images of a snapshot, at each radius, each run of an attack on the images its earlier runs have not broken.</summary>
/// <param name="options">Images, norm and radii.</param>
/// <param name="kinds">The attacks.</param>
/// <param name="snapshot">What is attacked.</param>
internal sealed class Campaign(AttackOptions options, IReadOnlyList<AttackKind> kinds, Snapshot snapshot)
{
    /// <summary>The losses whose gradients are looked at, by name.</summary>
    public static IReadOnlyList<(string Name, Loss Loss)> Watched { get; } =
        [("cross-entropy", Losses.CrossEntropy), ("rescaled", Losses.RescaledCrossEntropy), ("gap", Losses.Gap)];

    /// <summary>Attacks them all.</summary>
    public Outcome Run()
    {
        var network = snapshot.Network;
        using var frozen = new FrozenParameters(network.Classifier);
        using var noGradients = no_grad();
        var images = network.Images(Split.Test);
        var drawn = snapshot.Seed.Derive("robustness.images").Random().Permutation(images.Count).Take(options.Images).ToArray();
        var outcome = new Outcome(options.Radii, drawn.Length);
        foreach (var kind in kinds) outcome.Begin(kind);
        foreach (var (name, _) in Watched) outcome.ZeroGradients[name] = 0;
        foreach (var rows in Enumerable.Range(0, drawn.Length).Chunk(options.BatchSize))
        {
            using var scope = NewDisposeScope();
            var pixels = images.Pixels([.. rows.Select(r => drawn[r])]);
            var labels = tensor(rows.Select(r => (long)images.Labels[drawn[r]]).ToArray(), ScalarType.Int64, pixels.device);
            var wrong = network.Logits(pixels).argmax(1).ne(labels).cpu().data<bool>().ToArray();
            foreach (var (row, misclassified) in rows.Zip(wrong)) outcome.Misclassified[row] = misclassified;
            var right = Enumerable.Range(0, rows.Length).Where(i => !wrong[i]).ToArray();
            if (right.Length == 0) continue;
            var victims = new Victims(pixels, labels, [.. rows.Select(r => drawn[r])]).Select(right);
            int[] places = [.. right.Select(i => rows[i])];
            CountZeroGradients(victims, outcome);
            foreach (var kind in kinds)
            {
                for (var r = 0; r < options.Radii.Length; r++) Attack(kind, r, victims, places, outcome);
            }
        }
        return outcome;
    }

    private void Attack(AttackKind kind, int radius, Victims victims, int[] places, Outcome outcome)
    {
        var ball = new Ball(options.Norm, options.Radii[radius]);
        for (var run = 0; run < kind.Runs; run++)
        {
            snapshot.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var standing = Enumerable.Range(0, places.Length).Where(i => !outcome.Broke(kind, radius, places[i])).ToArray();
            if (standing.Length == 0) return;
            var left = victims.Select(standing);
            var adversarial = kind.Make(snapshot.Network, snapshot.Cancellation).Run(left, ball, snapshot.Seed.Derive($"attack.{kind.Name}", run));
            foreach (var (i, verdict) in standing.Zip(Verdict.Of(snapshot.Network, left, ball, adversarial))) outcome.Add(kind, radius, run, places[i], verdict);
        }
    }

    private void CountZeroGradients(Victims victims, Outcome outcome)
    {
        foreach (var (name, loss) in Watched)
        {
            using var scope = NewDisposeScope();
            var slope = LossSlope.At(snapshot.Network, victims.Pixels, victims.Labels, loss);
            outcome.ZeroGradients[name] += (int)slope.Gradients.flatten(1).eq(0).all(1).sum().cpu().item<long>();
        }
    }
}

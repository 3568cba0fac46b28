using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>Runs attacks on the drawn test images of a snapshot, at each radius, each run of an attack on the images its earlier runs have not broken.</summary>
/// <param name="evaluation">Images, radii and attacks.</param>
/// <param name="snapshot">What is attacked.</param>
internal sealed class Campaign(Evaluation evaluation, Snapshot snapshot)
{
    private readonly AttackOptions options = evaluation.Options;
    private readonly ITrainedNetwork network = snapshot.Network;

    /// <summary>Attacks them all.</summary>
    public Outcome Run()
    {
        using var frozen = new FrozenParameters(network.Classifier);
        using var noGradients = no_grad();
        var images = network.Images(Split.Test);
        var drawn = snapshot.Seed.Derive("robustness.images").Random().Permutation(images.Count).Take(options.Images).ToArray();
        var outcome = new Outcome(evaluation.Radii, drawn.Length);
        foreach (var kind in evaluation.Kinds) outcome.Begin(kind);
        foreach (var watched in evaluation.Watched) outcome.ZeroGradients[watched] = 0;
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
            foreach (var kind in evaluation.Kinds)
            {
                if (kind.MinimalNorm) Shrink(kind, victims, places, outcome);
                else for (var r = 0; r < evaluation.Radii.Length; r++) Attack(kind, r, victims, places, outcome);
            }
        }
        return outcome;
    }

    private void Attack(AttackKind kind, int radius, Victims victims, int[] places, Outcome outcome)
    {
        var ball = new Ball(evaluation.Norm, evaluation.Radii[radius]);
        AttackKind[] before = [.. evaluation.UpTo(kind)];
        for (var run = 0; run < kind.RunsFor(snapshot.Classes); run++)
        {
            snapshot.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var standing = Enumerable.Range(0, places.Length).Where(i => !before.Any(k => outcome.Broke(k, radius, places[i]))).ToArray();
            if (standing.Length == 0) return;
            var left = victims.Select(standing);
            var adversarial = Run(kind, run, left, ball);
            foreach (var (i, verdict) in standing.Zip(Verdict.Of(network, left, ball, adversarial)))
            {
                outcome.Count(verdict);
                if (verdict.Broken) outcome.Break(kind, radius, run, places[i]);
            }
        }
    }

    /// <summary>An attack for the least perturbation: every image, once, judged at every radius by the length it needed.</summary>
    private void Shrink(AttackKind kind, Victims victims, int[] places, Outcome outcome)
    {
        var largest = new Ball(evaluation.Norm, evaluation.Radii[^1]);
        // It may go as far as it needs; what is checked here is that it stays in [0,1].
        var anywhere = new Ball(evaluation.Norm, double.PositiveInfinity);
        for (var run = 0; run < kind.RunsFor(snapshot.Classes); run++)
        {
            snapshot.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var adversarial = Run(kind, run, victims, largest);
            var lengths = largest.SizeOf(adversarial.to(ScalarType.Float64).sub(victims.Pixels.to(ScalarType.Float64))).cpu().data<double>().ToArray();
            foreach (var (place, length, verdict) in places.Zip(lengths, Verdict.Of(network, victims, anywhere, adversarial)))
            {
                outcome.Count(verdict);
                if (verdict.Broken) outcome.BreakBeyond(kind, length, run, place);
            }
        }
    }

    private Tensor Run(AttackKind kind, int run, Victims victims, Ball ball) =>
        kind.Make(network, snapshot.Cancellation, run).Run(victims, ball, snapshot.Seed.Derive($"attack.{kind.Name}", run));

    private void CountZeroGradients(Victims victims, Outcome outcome)
    {
        foreach (var watched in evaluation.Watched)
        {
            using var scope = NewDisposeScope();
            var slope = LossSlope.At(network, victims.Pixels, victims.Labels, watched.Loss);
            outcome.ZeroGradients[watched] += (int)slope.Gradients.flatten(1).eq(0).all(1).sum().cpu().item<long>();
        }
    }
}

using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>
/// The Square attack (Andriushchenko, Croce, Flammarion and Hein 2020, algorithm 1): a random search that sees no gradient. At each query a square of the
/// perturbation is drawn anew, on the ball's surface, and kept where the logit gap rises. An image that is broken drops out.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="queries">Passes forward, at least 1.</param>
/// <param name="cancellation">Checked at each query.</param>
internal sealed class Square(ITrainedNetwork network, int queries, CancellationToken cancellation) : IAttack
{
    /// <inheritdoc/>
    public Tensor Run(Victims victims, Ball ball, Seed seed)
    {
        using var scope = NewDisposeScope();
        ISquares squares = ball.Norm == Norm.Linf ? new LinfSquares(ball.Radius) : new L2Squares(ball.Radius);
        SeededRandom[] random = [.. victims.Indices.Select(i => seed.Derive("image", i).Random())];
        var current = ball.Project(victims.Pixels, victims.Pixels.to(ScalarType.Float64).add(squares.Start(victims.Pixels, random)));
        var (gaps, broken) = Look(current, victims.Labels);
        var result = current.clone();
        var running = Standing(broken);
        var left = Take(running, victims.Pixels, victims.Labels, current, gaps);
        random = [.. running.Select(i => random[i])];
        for (var query = 1; query < queries && running.Length > 0; query++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var iteration = NewDisposeScope();
            var (height, width) = ((int)left.Pixels.shape[2], (int)left.Pixels.shape[3]);
            var side = SquareSchedule.Side(SquareSchedule.Share(query, queries), height, width, squares.LeastSide);
            var tried = ball.Project(left.Pixels, squares.Next(left.Pixels, left.Current, side, random));
            (gaps, broken) = Look(tried, left.Labels);
            var better = gaps.gt(left.Gaps);
            left.Current.copy_(tried.where(Ball.PerImage(better), left.Current));
            left.Gaps.copy_(gaps.where(better, left.Gaps));
            var standing = Standing(broken);
            if (standing.Length == running.Length) continue;
            // A broken image has a gap no standing one has, so it was kept.
            using (var rows = tensor(running.Select(i => (long)i).ToArray(), ScalarType.Int64, current.device)) result.index_copy_(0, rows, left.Current);
            left = Take(standing, left.Pixels, left.Labels, left.Current, left.Gaps).MoveToOuterDisposeScope();
            running = [.. standing.Select(i => running[i])];
            random = [.. standing.Select(i => random[i])];
        }
        if (running.Length > 0) result.index_copy_(0, tensor(running.Select(i => (long)i).ToArray(), ScalarType.Int64, current.device), left.Current);
        return result.MoveToOuterDisposeScope();
    }

    private (Tensor Gaps, Tensor Broken) Look(Tensor images, Tensor labels)
    {
        var logits = network.Logits(images);
        return (Losses.Gap(logits, labels), logits.argmax(1).ne(labels));
    }

    private static int[] Standing(Tensor broken) => [.. broken.cpu().data<bool>().ToArray().Select((b, i) => (b, i)).Where(p => !p.b).Select(p => p.i)];

    private static Search Take(int[] rows, Tensor pixels, Tensor labels, Tensor current, Tensor gaps)
    {
        using var chosen = tensor(rows.Select(i => (long)i).ToArray(), ScalarType.Int64, pixels.device);
        return new(pixels.index_select(0, chosen), labels.index_select(0, chosen), current.index_select(0, chosen), gaps.index_select(0, chosen));
    }

    /// <summary>The images still searched for; the current ones and their gaps are overwritten in place.</summary>
    private sealed record Search(Tensor Pixels, Tensor Labels, Tensor Current, Tensor Gaps)
    {
        public Search MoveToOuterDisposeScope() =>
            new(Pixels.MoveToOuterDisposeScope(), Labels.MoveToOuterDisposeScope(), Current.MoveToOuterDisposeScope(), Gaps.MoveToOuterDisposeScope());
    }
}

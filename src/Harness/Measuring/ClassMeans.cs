using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Class means in float64.</summary>
/// <remarks>
/// One pass is enough for a mean: float32 values leave 29 bits to spare in a float64 sum. What E[x²] - mean² would lose, squared deviations
/// from a mean, is taken by the metrics in a second pass, when the means are known.
/// </remarks>
internal static class ClassMeans
{
    private const int Rows = 4096;

    /// <summary>Statistics of features; the tensors belong to no dispose scope.</summary>
    /// <param name="features">N x p, float32.</param>
    /// <param name="labels">N, int64.</param>
    /// <param name="classes">C.</param>
    /// <exception cref="InvalidOperationException">A class has no image, or a label is outside [0, C).</exception>
    public static ClassStatistics Of(Tensor features, Tensor labels, int classes)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        // Rows gathered class by class are summed in one fixed order; index_add_ on a GPU adds in whichever order its threads arrive.
        var members = Members(labels.cpu().data<long>().ToArray(), classes);
        var means = stack(members.Select(rows => Mean(features, rows)).ToArray());
        var global = means.mean([0]);
        return new(
            [.. members.Select(rows => (long)rows.Length)], means.DetachFromDisposeScope(), global.DetachFromDisposeScope(),
            means.sub(global).DetachFromDisposeScope());
    }

    private static long[][] Members(long[] labels, int classes)
    {
        var members = Enumerable.Range(0, classes).Select(_ => new List<long>()).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0 || labels[i] >= classes)
                throw new InvalidOperationException($"Image {i} has label {labels[i]}; with {classes} classes labels are 0 to {classes - 1}.");
            members[labels[i]].Add(i);
        }
        var empty = Array.FindIndex(members, m => m.Count == 0);
        return empty < 0
            ? [.. members.Select(m => m.ToArray())]
            : throw new InvalidOperationException($"Class {empty} has no image, so it has no mean; every one of the {classes} classes needs at least one.");
    }

    private static Tensor Mean(Tensor features, long[] rows)
    {
        using var scope = NewDisposeScope();
        var sum = zeros(features.shape[1], ScalarType.Float64, features.device);
        foreach (var chunk in rows.Chunk(Rows))
            sum.add_(features.index_select(0, tensor(chunk, ScalarType.Int64, features.device)).sum(0, type: ScalarType.Float64));
        return sum.div(rows.Length).MoveToOuterDisposeScope();
    }
}

namespace Harness.Reporting.Numbers;

/// <summary>A cell's way through training in two quantities, at the epochs where both are finite; their signs turned so that more is more collapsed, better or more robust.</summary>
/// <param name="Epochs">The epochs, rising.</param>
/// <param name="X">One quantity.</param>
/// <param name="Y">The other.</param>
/// <param name="Accuracy">Test accuracy, NaN where it is not known.</param>
/// <param name="Terminal">First epoch of the terminal phase, or null.</param>
/// <param name="Last">The last measured epoch.</param>
internal sealed record Trajectory(int[] Epochs, double[] X, double[] Y, double[] Accuracy, int? Terminal, int? Last)
{
    /// <summary>The part of it within the terminal phase; empty where there was none.</summary>
    public Trajectory InTerminalPhase => Where(i => Epochs[i] >= Terminal);

    /// <summary>The part of it where test accuracy is known.</summary>
    public Trajectory WithAccuracy => Where(i => double.IsFinite(Accuracy[i]));

    /// <summary>X, Y and accuracy at the last measured epoch; null where one of the first two is not known there.</summary>
    public double[]? AtTheEnd => Epochs.Length > 0 && Epochs[^1] == Last ? [X[^1], Y[^1], Accuracy[^1]] : null;

    /// <summary>Takes it from a cell.</summary>
    public static Trajectory Of(CellView cell, Axis x, Axis y)
    {
        var (across, accuracy) = (cell[y.Reading].Points.ToDictionary(p => p.Epoch, p => y.Sign * p.Value), cell[Reading.TestAccuracy].Points.ToDictionary(p => p.Epoch, p => p.Value));
        var points = cell[x.Reading].Points.Where(p => double.IsFinite(p.Value) && across.TryGetValue(p.Epoch, out var value) && double.IsFinite(value)).ToArray();
        return new(
            [.. points.Select(p => p.Epoch)], [.. points.Select(p => x.Sign * p.Value)], [.. points.Select(p => across[p.Epoch])],
            [.. points.Select(p => accuracy.GetValueOrDefault(p.Epoch, double.NaN))], cell.TerminalPhaseEpoch, cell.LastEpoch);
    }

    private Trajectory Where(Func<int, bool> kept)
    {
        var places = Enumerable.Range(0, Epochs.Length).Where(kept).ToArray();
        return new([.. places.Select(i => Epochs[i])], [.. places.Select(i => X[i])], [.. places.Select(i => Y[i])], [.. places.Select(i => Accuracy[i])], Terminal, Last);
    }
}

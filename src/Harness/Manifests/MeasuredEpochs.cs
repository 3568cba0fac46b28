namespace Harness.Manifests;

/// <summary>Schedules of measured epochs: each rises, lies within 1 .. epochs and ends with the last epoch.</summary>
public static class MeasuredEpochs
{
    /// <summary>The 50 epochs, roughly evenly spaced on a log axis, at which Papyan, Han and Donoho 2020 measure their 350.</summary>
    private static readonly int[] Published =
    [
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 20, 22, 24, 27, 29, 32, 35, 38, 42, 45, 50, 54, 59, 65, 71, 77, 85, 92, 101, 110, 121, 132,
        144, 158, 172, 188, 206, 225, 245, 268, 293, 320, 350,
    ];

    /// <summary>The published epochs that are not beyond the last one, and the last one.</summary>
    /// <param name="epochs">Epochs of the training, at least 1.</param>
    public static IReadOnlyList<int> Papyan2020(int epochs) => [.. Published.Where(e => e < epochs), epochs];

    /// <summary>
    /// <paramref name="count"/> epochs from 1 to the last, evenly spaced on a log axis. Where that is closer than an epoch, every epoch is taken and the rest
    /// spread over what remains, so that the count holds; all epochs where it exceeds them.
    /// </summary>
    /// <param name="count">How many, at least 1; one is the last epoch alone.</param>
    /// <param name="epochs">Epochs of the training, at least 1.</param>
    public static IReadOnlyList<int> Logarithmic(int count, int epochs)
    {
        var left = Math.Min(count, epochs);
        if (left == 1) return [epochs];
        var schedule = new List<int>(left) { 1 };
        for (left--; left > 0; left--)
        {
            var previous = schedule[^1];
            var even = previous * Math.Pow((double)epochs / previous, 1.0 / left);
            schedule.Add(left == 1 ? epochs : Math.Max(previous + 1, (int)Math.Round(even)));
        }
        return schedule;
    }

    /// <summary>Every multiple of <paramref name="step"/>, and the last epoch.</summary>
    /// <param name="step">At least 1.</param>
    /// <param name="epochs">Epochs of the training, at least 1.</param>
    public static IReadOnlyList<int> Every(int step, int epochs) => [.. Enumerable.Range(1, (epochs - 1) / step).Select(i => i * step), epochs];
}

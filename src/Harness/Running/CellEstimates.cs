using System.Text.Json;
using Harness.Planning;
using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>
/// How long cells still take: told by what they say of themselves while they run, by the clock times that earlier runs left in their folders, where neither is known by a few
/// steps that were timed, and else by their work at the speed that others of their kind of device had. Not for several threads.
/// </summary>
public sealed class CellEstimates
{
    /// <summary>Of a process, until its first step: loading libtorch and images.</summary>
    private static readonly TimeSpan ToStart = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Known> cells = [];
    private readonly Dictionary<string, Speed> speeds = [];

    /// <summary>A cell that is not finished.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="timings">What earlier runs left of its clock times.</param>
    public void Add(PlannedCell cell, IReadOnlyList<EpochTiming> timings)
    {
        var known = cells[cell.Key] = new(cell, Likeness(cell));
        var speed = SpeedOf(known);
        foreach (var timing in timings)
        {
            speed.Training.Add(timing.TrainSeconds);
            if (known.Measures(timing.Epoch)) speed.Measuring.Add(timing.MeasureSeconds);
            known.Reached = timing.Epoch;
        }
    }

    /// <summary>Says what a cell has to compute.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="flops">Floating-point operations of an epoch's training, and of one measuring.</param>
    public void Count(string key, (double Training, double Measuring) flops)
    {
        if (cells.TryGetValue(key, out var known)) known.Flops = flops;
    }

    /// <summary>Says how long a few steps of a cell took, for as long as none like it has run.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="epoch">An epoch's training by that.</param>
    public void Time(string key, TimeSpan epoch) => SpeedOf(cells[key]).Probed = epoch.TotalSeconds;

    /// <summary>A cell said something.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="message">What.</param>
    public void Heard(string key, CellMessage message)
    {
        var known = cells[key];
        switch (message)
        {
            case CellMessage.Started started:
                (known.Images, known.Reached) = (started.Images, started.Epoch);
                break;
            case CellMessage.Trained trained:
                known.Reached = trained.Epoch;
                if (trained.ImagesPerSecond > 0) SpeedOf(known).Training.Add(known.Images / trained.ImagesPerSecond);
                break;
            case CellMessage.Measured measured:
                SpeedOf(known).Measuring.Add(measured.Seconds);
                break;
        }
    }

    /// <summary>Time that a cell's process still takes, or null where nothing is known.</summary>
    /// <param name="key">Its key.</param>
    public TimeSpan? Left(string key)
    {
        var known = cells[key];
        if (Seconds(known) is not { } seconds) return null;
        return TimeSpan.FromSeconds((known.Cell.Spec.Training.Epochs - known.Reached) * seconds.Training + known.MeasurementsLeft * seconds.Measuring);
    }

    /// <summary>Floating-point operations that a cell still takes, or null where they are not counted.</summary>
    /// <param name="key">Its key.</param>
    public double? Work(string key)
    {
        var known = cells[key];
        return (known.Cell.Spec.Training.Epochs - known.Reached) * known.Flops?.Training + known.MeasurementsLeft * known.Flops?.Measuring;
    }

    /// <summary>Time that a cell's process takes from its start to the end of its first epoch, or null where nothing is known.</summary>
    /// <param name="key">Its key.</param>
    public TimeSpan? FirstEpoch(string key) => Seconds(cells[key]) is { } seconds ? ToStart + TimeSpan.FromSeconds(seconds.Training) : null;

    private (double Training, double Measuring)? Seconds(Known known)
    {
        var speed = SpeedOf(known);
        if (speed.Epoch is { } training) return (training, speed.Measuring.Value ?? known.Flops?.Measuring / known.Flops?.Training * training ?? 0);
        if (known.Flops is not { } flops) return null;
        // Operations a second, of all that are known on such a device: the median, since small networks are slow by this measure and large ones fast.
        var rates = cells.Values.Where(c => c.Cell.DeviceKind == known.Cell.DeviceKind && c.Flops is not null)
            .Select(c => c.Flops!.Value.Training / SpeedOf(c).Epoch).OfType<double>().Order().ToList();
        return rates.Count == 0 ? null : (flops.Training / rates[rates.Count / 2], flops.Measuring / rates[rates.Count / 2]);
    }

    private Speed SpeedOf(Known known) => speeds.TryGetValue(known.Likeness, out var speed) ? speed : speeds[known.Likeness] = new();

    // Rate, decay and seed do not change what an epoch costs.
    private static string Likeness(PlannedCell cell) => JsonSerializer.Serialize(
        new object?[] { cell.DeviceKind, MeasuredSpeeds.Likeness(cell.Spec), cell.Spec.Dataset.Subsample, cell.Spec.Metrics, cell.Spec.OutOfDistribution },
        Json.Line);

    private sealed class Known(PlannedCell cell, string likeness)
    {
        public PlannedCell Cell => cell;

        public string Likeness => likeness;

        public int Images { get; set; }

        public int Reached { get; set; }

        public (double Training, double Measuring)? Flops { get; set; }

        public int MeasurementsLeft => cell.Spec.MeasuredEpochs.Append(cell.Spec.Training.Epochs).Distinct().Count(epoch => epoch > Reached);

        public bool Measures(int epoch) => epoch == cell.Spec.Training.Epochs || cell.Spec.MeasuredEpochs.Contains(epoch);
    }

    private sealed class Speed
    {
        public Average Training { get; } = new();

        public Average Measuring { get; } = new();

        public double? Probed { get; set; }

        /// <summary>Seconds of an epoch's training.</summary>
        public double? Epoch => Training.Value ?? Probed;
    }

    /// <summary>Of the latest, mostly: what runs beside a cell changes in the course of a night.</summary>
    private sealed class Average
    {
        private const double Weight = 0.1;

        public double? Value { get; private set; }

        public void Add(double seconds) => Value = Value is { } before ? before + Weight * (seconds - before) : seconds;
    }
}

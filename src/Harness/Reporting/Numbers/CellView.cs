using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A cell as the report reads it.</summary>
/// <param name="Place">Its place in the plan, from 0.</param>
/// <param name="Record">What is known of it.</param>
internal sealed record CellView(int Place, CellRecord Record)
{
    /// <summary>Id of its section in the page.</summary>
    public string Anchor => $"cell-{Place + 1}";

    /// <summary>Its scalars against the epoch.</summary>
    public IReadOnlyList<Curve> Curves { get; } = Curve.Of(Record.Measurements);

    /// <summary>Whether it ran to its end.</summary>
    public bool Done => Record.Result?.Outcome == Outcome.Done;

    /// <summary>Whether it ended otherwise. A cell that was asked to stop has not failed: the same command continues it.</summary>
    public bool Failed => Record.Result is { Outcome: not (Outcome.Done or Outcome.Cancelled) };

    /// <summary>First epoch of the terminal phase, or null; known as soon as it has begun.</summary>
    public int? TerminalPhaseEpoch => Record.Result?.TerminalPhaseEpoch ?? Trained?.TerminalPhaseEpoch;

    /// <summary>First epoch without any training error, or null; known as soon as there was one.</summary>
    public int? ZeroErrorEpoch => Record.Result?.ZeroErrorEpoch ?? Trained?.ZeroErrorEpoch;

    /// <summary>The last epoch trained, or null.</summary>
    public EpochRecord? Trained => Record.Epochs.Count > 0 ? Record.Epochs[^1] : null;

    /// <summary>Last measured epoch, or null.</summary>
    public int? LastEpoch => Record.Measurements.Count > 0 ? Record.Measurements.Max(m => m.Epoch) : null;

    /// <summary>How it stands, in a word or two: "done", "out of memory", "running", "not run".</summary>
    public string State => Record.Result switch
    {
        { Outcome: Outcome.Done } => "done",
        { Outcome: Outcome.OutOfMemory } => "out of memory",
        { Outcome: Outcome.NativeAbort } => "native abort",
        { Outcome: Outcome.PluginFault } => "plugin fault",
        { Outcome: Outcome.DataFault } => "data fault",
        { Outcome: Outcome.DeviceFault } => "device fault",
        { Outcome: var outcome } => outcome.ToString().ToLowerInvariant(),
        null when Record.Timings.Count > 0 || Record.Measurements.Count > 0 => "unfinished",
        null => "not run",
    };

    /// <summary>A quantity's curve; an empty one where it was not measured.</summary>
    public Curve this[Reading reading] => Curves.FirstOrDefault(c => c.Id == reading.Id && c.Split == reading.Split) ?? new(reading.Id, reading.Split, []);

    /// <summary>What a quantity was at the first terminal-phase epoch and at the last measured epoch; null unless the cell is done, the terminal phase lasted, and both are finite.</summary>
    public (double From, double To)? InTerminalPhase(Reading reading) =>
        Done && TerminalPhaseEpoch < LastEpoch && this[reading].At(TerminalPhaseEpoch) is { } from && this[reading].At(LastEpoch) is { } to
        && double.IsFinite(from) && double.IsFinite(to) ? (from, to) : null;
}

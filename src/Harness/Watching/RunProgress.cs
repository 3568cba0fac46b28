using Harness.Results;
using Harness.Running;
using Harness.Training;

namespace Harness.Watching;

/// <summary>How a run stands, kept up to date by what happens to its cells. Asked from any thread.</summary>
/// <param name="start">How it stood when it was started, read from its folder.</param>
public sealed class RunProgress(RunStatus start) : IRunObserver
{
    private readonly Lock gate = new();

    // A manifest may name one cell twice: both rows show it.
    private readonly ILookup<string, int> places = start.Cells.Select((cell, place) => (cell.Key, place)).ToLookup(c => c.Key, c => c.place);
    private readonly CellStatus[] cells = [.. start.Cells];
    private readonly Dictionary<string, Attempt> attempts = [];
    private readonly HashSet<string> estimated = [];
    private TimeSpan? wholeLeft;

    /// <summary>How it stands.</summary>
    public RunStatus Now()
    {
        lock (gate) return start with { Running = true, Cells = [.. cells], SecondsLeft = wholeLeft?.TotalSeconds };
    }

    /// <inheritdoc/>
    public void Started(PlannedCell cell, string device)
    {
        lock (gate)
        {
            attempts[cell.Key] = new(cells[places[cell.Key].First()].Seconds);
            Set(cell, c => c with { State = CellState.Running, Outcome = null, Message = null });
        }
    }

    /// <inheritdoc/>
    public void Heard(PlannedCell cell, CellMessage message)
    {
        lock (gate)
        {
            var attempt = attempts[cell.Key];
            switch (message)
            {
                case CellMessage.Beat beat:
                    Set(cell, c => c with { MemoryBytes = beat.MemoryBytes });
                    return;
                case CellMessage.Started started:
                    attempt.Images = started.Images;
                    Set(cell, c => c with { Epoch = started.Epoch });
                    break;
                case CellMessage.Trained trained:
                    attempt.Timings.Add(new(trained.Epoch, attempt.Images / trained.ImagesPerSecond, 0, trained.ImagesPerSecond));
                    Set(cell, c => c with { Epoch = trained.Epoch, Loss = trained.Loss, TrainingError = trained.Error, ImagesPerSecond = trained.ImagesPerSecond });
                    break;
                case CellMessage.Measured measured:
                    attempt.Timings[^1] = attempt.Timings[^1] with { MeasureSeconds = measured.Seconds };
                    var values = measured.Scalars.Where(s => s.Id == start.Headline?.Id).Select(s => (s.Split, s.Value));
                    Set(cell, c => c with { TerminalPhaseEpoch = measured.TerminalPhaseEpoch, Headline = HeadlineQuantity.Pick(values) ?? c.Headline });
                    break;
            }
            Set(cell, c => c with
            {
                Seconds = attempt.Before + attempt.Timings.Sum(t => t.TrainSeconds + t.MeasureSeconds),
                // Its own pace serves until the run itself, which knows of its like too, has said.
                SecondsLeft = estimated.Contains(cell.Key) ? c.SecondsLeft : CellPace.SecondsLeft(cell.Spec, attempt.Timings, c.Epoch),
            });
        }
    }

    /// <inheritdoc/>
    public void Retried(PlannedCell cell, CellResult failed, bool alone)
    {
        lock (gate) Set(cell, c => c with { State = CellState.Waiting, MemoryBytes = null, SecondsLeft = null });
    }

    /// <inheritdoc/>
    public void Estimated(RunEstimate estimate)
    {
        lock (gate)
        {
            wholeLeft = estimate.WholeLeft;
            estimated.UnionWith(estimate.Left.Keys);
            for (var place = 0; place < cells.Length; place++)
                if (estimate.Left.TryGetValue(cells[place].Key, out var left)) cells[place] = cells[place] with { SecondsLeft = left.TotalSeconds };
        }
    }

    /// <inheritdoc/>
    public void Ended(PlannedCell cell, CellResult result)
    {
        lock (gate)
        {
            Set(cell, c => c with
            {
                State = result.Outcome switch { Outcome.Done => CellState.Done, Outcome.Cancelled => CellState.Waiting, _ => CellState.Failed },
                Outcome = result.Outcome == Outcome.Cancelled ? null : result.Outcome,
                Message = result.Message,
                Epoch = result.Epochs,
                TerminalPhaseEpoch = result.TerminalPhaseEpoch ?? c.TerminalPhaseEpoch,
                SecondsLeft = null,
                MemoryBytes = null,
            });
        }
    }

    private void Set(PlannedCell cell, Func<CellStatus, CellStatus> change)
    {
        // The rows differ in their names alone.
        foreach (var place in places[cell.Key]) cells[place] = change(cells[place]);
    }

    private sealed class Attempt(double before)
    {
        public double Before { get; } = before;

        public int Images { get; set; }

        public List<EpochTiming> Timings { get; } = [];
    }
}

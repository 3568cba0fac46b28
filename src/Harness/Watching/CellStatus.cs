using Harness.Results;

namespace Harness.Watching;

/// <summary>How a cell stands, in a row. Absent is what is not known.</summary>
public sealed record CellStatus
{
    /// <summary>Its name, the three labels: "ResNet18/mnist/0".</summary>
    public required string Name { get; init; }

    /// <summary>Its content key: the name of its folder.</summary>
    public required string Key { get; init; }

    /// <summary>How it stands.</summary>
    public required CellState State { get; init; }

    /// <summary>How it ended, where it did.</summary>
    public Outcome? Outcome { get; init; }

    /// <summary>Where it did not end well: what happened, in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>The last epoch trained to its end; 0 before the first.</summary>
    public int Epoch { get; init; }

    /// <summary>Epochs planned.</summary>
    public required int Epochs { get; init; }

    /// <summary>Mean cross-entropy of that epoch's training, nats.</summary>
    public double? Loss { get; init; }

    /// <summary>Share of images wrong while training, in [0,1].</summary>
    public double? TrainingError { get; init; }

    /// <summary>Learning rate of that epoch.</summary>
    public double? LearningRate { get; init; }

    /// <summary>First epoch of the terminal phase, once it has begun.</summary>
    public int? TerminalPhaseEpoch { get; init; }

    /// <summary>The latest value of the run's headline quantity.</summary>
    public double? Headline { get; init; }

    /// <summary>Training images a second in that epoch.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <summary>Seconds of training and measuring so far, all attempts together.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds it will still take, by its own speed.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>Main memory that its process holds; known to the run itself only.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The cell's folder in another run, where it was taken over from there.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>A planned cell as its folder shows it. A damaged file makes it a failed one, which says so.</summary>
    /// <param name="folder">Its folder; need not exist.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="headline">What is shown of its measurements, or null.</param>
    public static CellStatus Of(CellFolder folder, PlannedCell cell, HeadlineQuantity? headline)
    {
        var bare = new CellStatus { Name = cell.Spec.Name, Key = cell.Key, State = CellState.Waiting, Epochs = cell.Spec.Training.Epochs };
        try
        {
            // In this order, so that a cell that ends meanwhile is seen running or ended, and with all its numbers.
            var running = FolderLock.IsHeld(folder.Path);
            var result = folder.ReadResult();
            var last = folder.ReadLastEpoch();
            var timings = folder.ReadTimings();
            var state = result is null ? (running ? CellState.Running : CellState.Waiting) : result.Outcome == Results.Outcome.Done ? CellState.Done : CellState.Failed;
            var epoch = result?.Epochs ?? last?.Epoch ?? (timings.Count > 0 ? timings[^1].Epoch : 0);
            return bare with
            {
                State = state,
                Outcome = result?.Outcome,
                Message = result?.Message,
                ReusedFrom = result?.ReusedFrom,
                Epoch = epoch,
                Loss = last?.Loss,
                TrainingError = last?.Error,
                LearningRate = last?.LearningRate,
                TerminalPhaseEpoch = result?.TerminalPhaseEpoch ?? last?.TerminalPhaseEpoch,
                Headline = headline?.Latest(folder),
                ImagesPerSecond = timings.Count > 0 ? timings[^1].ImagesPerSecond : null,
                Seconds = timings.Sum(t => t.TrainSeconds + t.MeasureSeconds),
                SecondsLeft = result is null ? CellPace.SecondsLeft(cell.Spec, timings, epoch) : null,
            };
        }
        catch (RunFolderException e)
        {
            return bare with { State = CellState.Failed, Outcome = Results.Outcome.Failed, Message = e.Message };
        }
    }
}

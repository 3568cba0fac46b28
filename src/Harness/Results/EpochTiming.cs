namespace Harness.Results;

/// <summary>One line of timings.jsonl: the clock times of one epoch, kept apart from what was measured.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainSeconds">Training steps.</param>
/// <param name="MeasureSeconds">Evaluation and metrics; 0 where none ran.</param>
/// <param name="ImagesPerSecond">Training images a second.</param>
public sealed record EpochTiming(int Epoch, double TrainSeconds, double MeasureSeconds, double ImagesPerSecond);

namespace Harness.Results;

/// <summary>One line of training.jsonl: how an epoch's training went. Holds no clock time, so that two runs of one cell compare byte for byte.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean cross-entropy while training, nats.</param>
/// <param name="Error">Share of images wrong while training, in [0,1]: each counted before the step that its batch makes.</param>
/// <param name="LearningRate">Of its steps.</param>
/// <param name="TerminalPhaseEpoch">First epoch of the terminal phase, where it has begun by then.</param>
/// <param name="ZeroErrorEpoch">First epoch with no training error at all in eval mode, where there was one by then.</param>
public sealed record EpochRecord(int Epoch, double Loss, double Error, double LearningRate, int? TerminalPhaseEpoch = null, int? ZeroErrorEpoch = null);

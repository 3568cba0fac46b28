namespace Harness.Training;

/// <summary>How far a training has come, apart from the weights; with them, all that a checkpoint holds.</summary>
/// <param name="Epoch">The last epoch trained to its end; 0 before the first.</param>
/// <param name="TerminalPhaseEpoch">First epoch known to have reached the terminal threshold, training accuracy in eval mode, or null.</param>
/// <param name="ZeroErrorEpoch">First epoch known to have no training error in eval mode, or null.</param>
public sealed record TrainingState(int Epoch, int? TerminalPhaseEpoch, int? ZeroErrorEpoch)
{
    /// <summary>Before the first epoch.</summary>
    public static TrainingState Start { get; } = new(0, null, null);
}

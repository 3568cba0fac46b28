namespace Harness.Training;

/// <summary>What one epoch's training steps showed on the way, in training mode.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean cross-entropy in nats over the epoch's images, each as its batch was visited.</param>
/// <param name="Errors">Images the network got wrong when their batch was visited.</param>
/// <param name="Images">Images visited.</param>
public sealed record TrainedEpoch(int Epoch, double Loss, long Errors, int Images);

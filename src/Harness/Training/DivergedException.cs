namespace Harness.Training;

/// <summary>The training loss became NaN or left all bounds.</summary>
/// <param name="epoch">The epoch in which it did.</param>
/// <param name="loss">The mean loss of that epoch.</param>
/// <param name="learningRate">The learning rate in force.</param>
public sealed class DivergedException(int epoch, double loss, double learningRate)
    : Exception($"The training loss was {loss:g3} in epoch {epoch} at learning rate {learningRate:g}; a smaller learningRate is the usual cure.");

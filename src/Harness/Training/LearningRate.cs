using Harness.Manifests;

namespace Harness.Training;

/// <summary>The step schedule: the learning rate is multiplied by a factor after given fractions of the epochs.</summary>
public static class LearningRate
{
    /// <summary>The learning rate during one epoch.</summary>
    /// <param name="options">Rate, factor, fractions and number of epochs.</param>
    /// <param name="epoch">From 1.</param>
    public static double At(TrainingOptions options, int epoch)
    {
        // A fraction f of E epochs is over after epoch round(f E): epochs 1 .. round(f E) are trained before the decay.
        var decays = options.DecayAt.Count(fraction => epoch > (int)Math.Round(fraction * options.Epochs, MidpointRounding.AwayFromZero));
        return options.LearningRate * Math.Pow(options.Decay, decays);
    }
}

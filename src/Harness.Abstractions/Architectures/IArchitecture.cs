namespace Harness;

/// <summary>An architecture: builds networks of one family for any image shape and number of classes it supports.</summary>
public interface IArchitecture
{
    /// <summary>Builds a freshly initialised network on the CPU, in training mode, float32.</summary>
    /// <remarks>
    /// The host seeds libtorch's generator before the call, so that initial weights are a function of the cell's seed alone. The network sees
    /// standardised images (zero mean and unit deviation over the training set) and never knows of pixels.
    /// </remarks>
    /// <param name="input">Shape of one image as the network receives it, after padding.</param>
    /// <param name="classes">Number of classes C, at least 2.</param>
    /// <returns>The network. The caller disposes it.</returns>
    /// <exception cref="PluginOptionException">The options do not fit <paramref name="input"/> or each other.</exception>
    Classifier Build(ImageShape input, int classes);
}

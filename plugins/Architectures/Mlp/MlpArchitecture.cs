namespace Harness.Architectures.Mlp;

/// <summary>
/// A multilayer perceptron with ReLU on flattened images. Without biases it is L-homogeneous, f(x; aθ) = aᴸ f(x; θ) for a > 0 with L its depth, as the
/// theory of margins asks (Lyu and Li 2020, arXiv:1906.05890).
/// </summary>
/// <remarks>Images of any shape.</remarks>
/// <param name="options">Depth, width, biases.</param>
[Plugin("mlp", Summary = "Multilayer perceptron with ReLU, of any depth and width, with biases or without")]
public sealed class MlpArchitecture(MlpOptions options) : IArchitecture
{
    /// <inheritdoc/>
    public Classifier Build(ImageShape input, int classes)
    {
        Requirements.CheckOptions(options);
        Requirements.CheckTask(input, classes, smallestSide: 1, "an MLP");
        return new MlpNetwork(options, input, classes);
    }
}

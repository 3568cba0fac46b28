namespace Harness.Architectures.ResNet;

/// <summary>The first layers of a residual network.</summary>
public enum ResNetStem
{
    /// <summary><see cref="Small"/> where the shorter side has fewer than 128 pixels, else <see cref="Imagenet"/>.</summary>
    Auto,

    /// <summary>3x3 convolution, stride 1, no pooling.</summary>
    Small,

    /// <summary>7x7 convolution, stride 2, and 3x3 max-pooling, stride 2, as published.</summary>
    Imagenet,
}

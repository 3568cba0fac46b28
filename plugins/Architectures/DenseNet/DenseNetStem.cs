namespace Harness.Architectures.DenseNet;

/// <summary>The first layers of a densely connected network.</summary>
public enum DenseNetStem
{
    /// <summary>
    /// <see cref="Imagenet"/> at depth 121, 169 and 201 where the shorter side has at least 128 pixels, else <see cref="Small"/>.
    /// </summary>
    Auto,

    /// <summary>3x3 convolution, stride 1, alone: the first dense layer starts with batch norm and ReLU.</summary>
    Small,

    /// <summary>7x7 convolution, stride 2, batch norm, ReLU and 3x3 max-pooling, stride 2, as published.</summary>
    Imagenet,
}

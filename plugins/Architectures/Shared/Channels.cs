namespace Harness.Architectures;

/// <summary>Numbers of channels under a width multiplier.</summary>
internal static class Channels
{
    /// <summary>Below this batch norm and ReLU leave too little of a layer to train.</summary>
    public const int Fewest = 4;

    /// <summary>A published number of channels times the width, to the nearest whole number and at least <see cref="Fewest"/>.</summary>
    /// <param name="published">Channels of the published network.</param>
    /// <param name="width">Multiplier in (0, 4].</param>
    public static int Scaled(int published, double width) =>
        Math.Max(Fewest, (int)Math.Round(published * width, MidpointRounding.AwayFromZero));
}

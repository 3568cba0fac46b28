using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Where features may be kept: on the device as far as there is room, else in a file.</summary>
/// <param name="Folder">Of the file; null where there is to be none and all lie on the device.</param>
/// <param name="DeviceBytes">Bytes that the features and logits of a set may take on the device; null for half of what is free.</param>
public sealed record FeatureRoom(string? Folder, long? DeviceBytes = null)
{
    /// <summary>On the device, whatever they take.</summary>
    public static FeatureRoom OnDevice { get; } = new(Folder: null);

    /// <summary>Room for one set.</summary>
    internal FeatureStore Take(long count, long dimension, long classes, Device device)
    {
        var bytes = FeatureStore.BytesOf(count, dimension, classes);
        var fits = DeviceBytes is { } most ? bytes <= most : MemoryBudget.Allows(bytes, device);
        return Folder is null || fits ? new ResidentFeatures(count, dimension, classes, device) : new FiledFeatures(Folder, count, dimension, classes, device);
    }
}

namespace Harness.Images;

/// <summary>Where a cell's images are while it trains. Its numbers are the same.</summary>
public enum ImagePlacement
{
    /// <summary>On the device where they take no more than half of its free memory, else streamed.</summary>
    Auto,

    /// <summary>On the device.</summary>
    Resident,

    /// <summary>On the host, or in the cache's file, and batch by batch on the device.</summary>
    Streamed,
}

namespace Harness.Manifests;

/// <summary>In which order the numbers of an image and of a convolution's weights lie in memory. It changes the order of sums, and so the last digits.</summary>
public enum MemoryFormat
{
    /// <summary>Channels last on a CPU, where the network can be given images so; else contiguous.</summary>
    Auto,

    /// <summary>N x C x H x W.</summary>
    Contiguous,

    /// <summary>N x H x W x C (NHWC).</summary>
    ChannelsLast,
}

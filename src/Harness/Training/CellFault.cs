using System.Runtime.InteropServices;
using Harness.Images;
using Harness.Results;
using Harness.Torch;

namespace Harness.Training;

/// <summary>What an exception that ended a cell means to its user.</summary>
public static class CellFault
{
    private const int TraceLines = 40;

    /// <summary>How the cell ended.</summary>
    /// <param name="fault">What ended it.</param>
    public static Outcome Classify(Exception fault) => fault switch
    {
        DivergedException => Outcome.Diverged,
        DatasetException => Outcome.DataFault,
        OutOfMemoryException => Outcome.OutOfMemory,
        ExternalException e when IsOutOfMemory(e.Message) => Outcome.OutOfMemory,
        DeviceException => Outcome.DeviceFault,
        ExternalException e when IsOfTheDevice(e.Message) => Outcome.DeviceFault,
        LibtorchException or RunFolderException or IOException or UnauthorizedAccessException => Outcome.Failed,
        _ => Outcome.PluginFault,
    };

    /// <summary>It in a sentence.</summary>
    /// <param name="fault">What ended the cell.</param>
    public static string Sentence(Exception fault) => fault switch
    {
        DivergedException or DatasetException or DamagedCacheException or DeviceException or LibtorchException or RunFolderException or PluginOptionException => fault.Message,
        _ => $"{fault.GetType().Name}: {LibtorchMessage.WithoutStack(fault.Message)}",
    };

    /// <summary>It in a sentence, and where a data set's published files are at fault the command that gets them.</summary>
    /// <param name="fault">What ended the cell.</param>
    /// <param name="dataset">The data set's plugin.</param>
    /// <param name="card">Its card, or null where it could not be made.</param>
    public static string Sentence(Exception fault, string dataset, DatasetCard? card) =>
        fault is DatasetException && card?.Files.Count > 0 ? $"{Sentence(fault)} 'harness data fetch {dataset}' gets and checks the published files." : Sentence(fault);

    /// <summary>Where a plugin or the harness threw, for who wrote it; nothing where the sentence says all.</summary>
    /// <param name="fault">What ended the cell.</param>
    public static IReadOnlyList<string> Trace(Exception fault) =>
        fault is DivergedException or DatasetException or DamagedCacheException or DeviceException or LibtorchException or RunFolderException or PluginOptionException ? [] : [.. fault.ToString().Split('\n').Take(TraceLines)];

    // Not an assertion in a kernel, which is an index out of range in the network.
    private static bool IsOfTheDevice(string message) =>
        message.Contains("CUDA error", StringComparison.Ordinal) && !message.Contains("device-side assert", StringComparison.Ordinal)
        || message.Contains("NVML", StringComparison.Ordinal) || message.Contains("CUDNN_STATUS_NOT_INITIALIZED", StringComparison.Ordinal)
        || message.Contains("CUBLAS_STATUS_NOT_INITIALIZED", StringComparison.Ordinal);

    // libtorch says so only in words: its CPU allocator and the CUDA one each in their own.
    private static bool IsOutOfMemory(string message) =>
        message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
        || message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase);
}

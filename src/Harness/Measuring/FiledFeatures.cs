using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>
/// Features and logits in a file, of which the device sees a batch at a time. What the system has memory for stays in its page cache, so that a second walk reads no disk.
/// </summary>
/// <remarks>The file has no name from the moment it is made: its bytes are free again when the process ends, however it ends.</remarks>
internal sealed class FiledFeatures : FeatureStore
{
    private readonly FileStream file;
    private readonly long logitsStart;

    /// <summary>Makes the file, with all its bytes reserved.</summary>
    /// <param name="folder">Where; made where it is not there.</param>
    /// <param name="count">N.</param>
    /// <param name="dimension">p.</param>
    /// <param name="classes">C.</param>
    /// <param name="device">Where rows come to.</param>
    /// <exception cref="IOException">It cannot be made, or the disk is too full.</exception>
    public FiledFeatures(string folder, long count, long dimension, long classes, Device device) : base(count, dimension, classes, device)
    {
        var bytes = BytesOf(count, dimension, classes);
        logitsStart = count * dimension * sizeof(float);
        var path = Path.Combine(folder, $"features-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            file = new(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                PreallocationSize = bytes,
                BufferSize = 0,
            });
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{bytes / 1e9:F1} GB of features are more than the device has room for, and cannot be kept in '{folder}': {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override void Write(long start, Tensor features, Tensor logits)
    {
        Write(Place(start, Dimension), features);
        Write(logitsStart + Place(start, Classes), logits);
    }

    /// <inheritdoc/>
    public override (Tensor Features, Tensor Logits) Read(long start, long rows) =>
        (Read(Place(start, Dimension), rows, Dimension), Read(logitsStart + Place(start, Classes), rows, Classes));

    /// <inheritdoc/>
    public override void Dispose() => file.Dispose();

    private static long Place(long row, long width) => row * width * sizeof(float);

    private void Write(long offset, Tensor rows)
    {
        using var scope = NewDisposeScope();
        RandomAccess.Write(file.SafeFileHandle, rows.to(ScalarType.Float32).cpu().contiguous().bytes, offset);
    }

    private Tensor Read(long offset, long rows, long width)
    {
        var host = empty(rows, width, ScalarType.Float32, CPU);
        var left = host.bytes;
        while (left.Length > 0)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, left, offset);
            if (read == 0) throw new EndOfStreamException("The file of a set's features ended early.");
            left = left[read..];
            offset += read;
        }
        if (Device.type == DeviceType.CPU) return host;
        using (host) return host.to(Device);
    }
}

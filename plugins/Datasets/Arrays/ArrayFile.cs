namespace Harness.Datasets.Arrays;

/// <summary>Files of arrays; the format is told by the extension.</summary>
internal static class ArrayFile
{
    /// <summary>True for .npy, which holds a single array.</summary>
    public static bool IsSingle(string path) => Extension(path) == ".npy";

    /// <summary>Reads one array.</summary>
    /// <param name="path">A .npy, .npz or .safetensors file.</param>
    /// <param name="name">The array's name in it; of no meaning for .npy.</param>
    /// <exception cref="DatasetException">It cannot be read, is damaged, or lacks the array.</exception>
    public static NumericArray Read(string path, string name)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            return Extension(path) switch
            {
                ".npy" => NpyFile.Read(file, file.Length),
                ".npz" => NpzFile.Read(file, name),
                ".safetensors" => SafetensorsFile.Read(file, name),
                _ => throw new DatasetException(path, $"'{path}' is of no known format: .npy, .npz and .safetensors files are read."),
            };
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException(path, $"'{path}' cannot be used: {e.Message.TrimEnd('.')}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static string Extension(string path) => Path.GetExtension(path).ToLowerInvariant();
}

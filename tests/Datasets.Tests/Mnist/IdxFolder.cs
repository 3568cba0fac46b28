using System.Buffers.Binary;
using System.IO.Compression;
using Harness;

namespace Datasets.Tests.Mnist;

/// <summary>A data folder in a scratch folder of its own, holding one sub-folder into which IDX files are written.</summary>
internal sealed class IdxFolder : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("harness-idx-");

    public IdxFolder(string name) => Folder = scratch.CreateSubdirectory(name).FullName;

    public string Folder { get; }

    public DataRoot Data => new(scratch.FullName);

    public string Write(string file, byte[] content)
    {
        var path = Path.Combine(Folder, file);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public static byte[] Labels(params byte[] labels) => [0, 0, 8, 1, .. BigEndian(labels.Length), .. labels];

    public static byte[] Images(int count, int height, int width, byte[] pixels) =>
        [0, 0, 8, 3, .. BigEndian(count), .. BigEndian(height), .. BigEndian(width), .. pixels];

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    public void Dispose() => scratch.Delete(recursive: true);

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

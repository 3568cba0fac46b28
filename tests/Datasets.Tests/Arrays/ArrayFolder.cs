using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Harness;

namespace Datasets.Tests.Arrays;

/// <summary>A data folder in a scratch folder of its own, and files of arrays as Python's libraries write them.</summary>
internal sealed class ArrayFolder : IDisposable
{
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("harness-arrays-");

    public string Folder => scratch.FullName;

    public DataRoot Data => new(Folder);

    public string Write(string file, byte[] content)
    {
        var path = Path.Combine(Folder, file);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>As numpy.save writes version 1: the header is padded so that the data start at a multiple of 64.</summary>
    public static byte[] Npy<T>(string descr, string shape, params T[] values)
        where T : struct => Npy($"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}", MemoryMarshal.AsBytes<T>(values).ToArray());

    public static byte[] Npy(string header, byte[] data)
    {
        var padded = header.PadRight((10 + header.Length + 1 + 63) / 64 * 64 - 11) + "\n";
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded.Length);
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.ASCII.GetBytes(padded), .. data];
    }

    public static byte[] Npz(params (string Name, byte[] Npy)[] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, npy) in arrays)
            {
                using var entry = archive.CreateEntry(name + ".npy", CompressionLevel.Optimal).Open();
                entry.Write(npy);
            }
        }
        return stream.ToArray();
    }

    public static byte[] Safetensors(string header, params byte[] data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    public void Dispose() => scratch.Delete(recursive: true);
}

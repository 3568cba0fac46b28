using System.Formats.Tar;
using System.IO.Compression;
using Harness;
using Harness.Datasets.Cifar;
using Testing;

namespace Datasets.Tests.Cifar;

/// <summary>
/// A data folder holding one small set in the layout of CIFAR10 or CIFAR100: 2 records a file of 3 x 2 x 2 pixels. Pixel j of record i of the file at place f
/// among all of both splits is 100 f + 20 i + j (modulo 256), its class is f + i, its coarse label i.
/// </summary>
internal sealed class CifarFolder : IDisposable
{
    public const int RecordsInAFile = 2;
    private const int PixelBytes = 12;

    private readonly ScratchFolder scratch = new();
    private readonly CifarLayout layout;

    /// <param name="layout">Which of the two.</param>
    /// <param name="card">Its card, whose shape and counts are made small.</param>
    public CifarFolder(CifarLayout layout, DatasetCard card)
    {
        this.layout = layout;
        Card = card with { Shape = new(3, 2, 2), TrainCount = RecordsInAFile * layout.TrainFiles.Count, TestCount = RecordsInAFile * layout.TestFiles.Count };
        Dataset = new("tiny", Card, layout);
        Directory.CreateDirectory(Folder);
    }

    public DatasetCard Card { get; }

    public CifarDataset Dataset { get; }

    public string Folder => scratch["tiny"];

    public DataRoot Data => new(scratch.Path);

    /// <summary>Names and contents of all files, as they are right.</summary>
    public Dictionary<string, byte[]> Contents() => layout.TrainFiles.Concat(layout.TestFiles).Index().ToDictionary(file => file.Item, file => Content(file.Index));

    public string Write(byte[] content, params string[] parts)
    {
        var path = Path.Combine([Folder, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes all files into a folder of the data set's.</summary>
    public void WriteUnpacked(params string[] folder)
    {
        foreach (var (name, content) in Contents()) Write(content, [.. folder, name]);
    }

    /// <summary>Writes the archive with such files in it.</summary>
    public string WriteArchive(Dictionary<string, byte[]> contents) => Write(Gzip(Tar(contents, layout.Folder)), layout.Archive);

    public static byte[] Tar(Dictionary<string, byte[]> contents, string folder, TarEntryFormat format = TarEntryFormat.Gnu)
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed, format))
        {
            tar.WriteEntry(Entry(format, TarEntryType.Directory, folder + "/"));
            foreach (var (name, content) in contents)
            {
                var entry = Entry(format, format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile, $"{folder}/{name}");
                entry.DataStream = new MemoryStream(content);
                tar.WriteEntry(entry);
            }
        }
        return packed.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    public void Dispose() => scratch.Dispose();

    private byte[] Content(int file) =>
        [.. Enumerable.Range(0, RecordsInAFile).SelectMany(i => Labels(file, i).Concat(Enumerable.Range(0, PixelBytes).Select(j => (byte)(100 * file + 20 * i + j))))];

    private IEnumerable<byte> Labels(int file, int record) => layout.Labels.Count == 1 ? [(byte)(file + record)] : [(byte)record, (byte)(file + record)];

    private static TarEntry Entry(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.V7 => new V7TarEntry(type, name),
        TarEntryFormat.Ustar => new UstarTarEntry(type, name),
        TarEntryFormat.Pax => new PaxTarEntry(type, name, new Dictionary<string, string> { ["comment"] = "made by a test" }),
        _ => new GnuTarEntry(type, name),
    };
}

using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Harness;

namespace Benchmarks;

/// <summary>Writes the published files of a small data set at their true size, with noise for pixels, for machines that have not fetched it.</summary>
internal static class TrueSizeFiles
{
    /// <summary>Images of STL10's that no label is given for; the archive carries them.</summary>
    private const int Unlabelled = 96_000;

    /// <summary>Writes the files into a folder.</summary>
    /// <param name="set">The data set's plugin.</param>
    /// <param name="card">Its card.</param>
    /// <param name="folder">Its folder.</param>
    public static void Write(string set, DatasetCard card, string folder)
    {
        Directory.CreateDirectory(folder);
        switch (set)
        {
            case "mnist" or "fashion-mnist":
                Idx(folder, "train", card.TrainCount);
                Idx(folder, "t10k", card.TestCount);
                break;
            case "cifar10":
                Tar(folder, card, [.. Enumerable.Range(1, 5).Select(i => ($"cifar-10-batches-bin/data_batch_{i}.bin", 10_000)), ("cifar-10-batches-bin/test_batch.bin", 10_000)], labels: [10]);
                break;
            case "cifar100":
                Tar(folder, card, [("cifar-100-binary/train.bin", 50_000), ("cifar-100-binary/test.bin", 10_000)], labels: [20, 100]);
                break;
            case "svhn":
                Mat(Path.Combine(folder, "train_32x32.mat"), card.TrainCount);
                Mat(Path.Combine(folder, "test_32x32.mat"), card.TestCount);
                break;
            case "stl10":
                Stl10(folder, card);
                break;
        }
    }

    private static void Idx(string folder, string stem, int count)
    {
        using (var images = Gzip(Path.Combine(folder, stem + "-images-idx3-ubyte.gz")))
        {
            images.Write([0, 0, 8, 3, .. BigEndian(count), .. BigEndian(28), .. BigEndian(28)]);
            Noise(images, count * 784L);
        }
        using var labels = Gzip(Path.Combine(folder, stem + "-labels-idx1-ubyte.gz"));
        labels.Write([0, 0, 8, 1, .. BigEndian(count)]);
        labels.Write([.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);
    }

    private static void Tar(string folder, DatasetCard card, (string Name, int Records)[] files, int[] labels)
    {
        using var gzip = Gzip(Path.Combine(folder, card.Files[0].Name));
        using var tar = new TarWriter(gzip, TarEntryFormat.Gnu);
        foreach (var (name, records) in files)
        {
            var content = new MemoryStream();
            for (var i = 0; i < records; i++)
            {
                foreach (var classes in labels) content.WriteByte((byte)(i % classes));
                Noise(content, card.Shape.Bytes);
            }
            Add(tar, name, content);
        }
    }

    private static void Stl10(string folder, DatasetCard card)
    {
        // Stored, not compressed: noise has no more to give.
        using var gzip = new GZipStream(File.Create(Path.Combine(folder, card.Files[0].Name)), CompressionLevel.NoCompression);
        using var tar = new TarWriter(gzip, TarEntryFormat.Gnu);
        foreach (var (stem, count) in new[] { ("test", card.TestCount), ("train", card.TrainCount) })
        {
            var pixels = new MemoryStream();
            Noise(pixels, (long)count * card.Shape.Bytes);
            Add(tar, $"stl10_binary/{stem}_X.bin", pixels);
            Add(tar, $"stl10_binary/{stem}_y.bin", new([.. Enumerable.Range(0, count).Select(i => (byte)(1 + i % 10))]));
        }
        for (var part = 0; part < 2; part++)
        {
            var pixels = new MemoryStream();
            Noise(pixels, Unlabelled / 2L / 2 * card.Shape.Bytes);
            Add(tar, $"stl10_binary/unlabeled_X.{part}.bin", pixels);
        }
    }

    /// <summary>A MAT-file of level 5 with compressed elements: X, 32 x 32 x 3 x count bytes, and y, count x 1 doubles.</summary>
    private static void Mat(string path, int count)
    {
        using var file = File.Create(path);
        file.Write(Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made by a benchmark".PadRight(116)));
        file.Write([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'I', (byte)'M']);
        Compressed(file, 9, "X", [32, 32, 3, count], 2, count * 3072L, to => Noise(to, count * 3072L));
        Compressed(file, 6, "y", [count, 1], 9, count * 8L, to =>
        {
            var labels = new byte[count * 8];
            for (var i = 0; i < count; i++) BinaryPrimitives.WriteDoubleLittleEndian(labels.AsSpan(8 * i), 1 + i % 10);
            to.Write(labels);
        });
    }

    private static void Compressed(FileStream file, byte arrayClass, string name, int[] dimensions, int type, long length, Action<Stream> write)
    {
        byte[] head =
        [
            .. LittleEndian(6), .. LittleEndian(8), .. LittleEndian(arrayClass), .. LittleEndian(0),
            .. LittleEndian(5), .. LittleEndian(4 * dimensions.Length), .. dimensions.SelectMany(LittleEndian), .. new byte[-4 * dimensions.Length & 7],
            .. LittleEndian(1 << 16 | 1), (byte)name[0], 0, 0, 0,
            .. LittleEndian(type), .. LittleEndian((int)length),
        ];
        var padding = new byte[-length & 7];
        var start = file.Position;
        file.Write([.. LittleEndian(15), .. LittleEndian(0)]);
        using (var zlib = new ZLibStream(file, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write([.. LittleEndian(14), .. LittleEndian((int)(head.Length + length + padding.Length)), .. head]);
            write(zlib);
            zlib.Write(padding);
        }
        var end = file.Position;
        file.Position = start + 4;
        file.Write(LittleEndian((int)(end - start - 8)));
        file.Position = end;
    }

    private static void Add(TarWriter tar, string name, MemoryStream content)
    {
        content.Position = 0;
        tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = content });
    }

    private static GZipStream Gzip(string path) => new(File.Create(path), CompressionLevel.Fastest);

    private static void Noise(Stream to, long length)
    {
        var random = new SeededRandom((ulong)length);
        var block = new byte[1 << 16];
        for (var i = 0; i < block.Length; i += 8) BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(i), random.NextBits());
        for (; length > 0; length -= Math.Min(length, block.Length)) to.Write(block, 0, (int)Math.Min(length, block.Length));
    }

    private static byte[] BigEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] LittleEndian(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}

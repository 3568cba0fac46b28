using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Harness;
using Harness.Datasets.Stl10;
using Testing;

namespace Datasets.Tests.Stl10;

public sealed class Stl10FilesTests : IDisposable
{
    private const int Side = 4;
    private static readonly DatasetCard Card = new Stl10Dataset().Card with { ClassNames = ["a", "b", "c"], Shape = new(3, Side, Side), TrainCount = 2, TestCount = 3 };

    private static readonly Dictionary<string, byte[]> Files = new()
    {
        ["test_X.bin"] = Columns(3, 100),
        ["test_y.bin"] = [3, 2, 1],
        ["train_X.bin"] = Columns(2, 0),
        ["train_y.bin"] = [1, 3],
    };

    private readonly ScratchFolder root = new();
    private readonly Stl10Files files = new("tiny", Card);

    public Stl10FilesTests() => Directory.CreateDirectory(root["tiny"]);

    private string Archive => root["tiny", "stl10_binary.tar.gz"];

    public void Dispose() => root.Dispose();

    public enum Layout
    {
        Directly,
        InTheirFolder,
        Packed,
    }

    [Theory]
    [InlineData(Layout.Directly)]
    [InlineData(Layout.InTheirFolder)]
    [InlineData(Layout.Packed)]
    public void ImagesComeOutRowByRowAndLabelsFromZero(Layout layout)
    {
        LayOut(layout);
        AssertHolds(Split.Train, [0, 2], Rows(2, 0));
        AssertHolds(Split.Test, [2, 1, 0], Rows(3, 100));
    }

    [Fact]
    public void TheArchiveMayHoldItsFilesInAnyOrderAndFormat()
    {
        foreach (var format in (TarEntryFormat[])[TarEntryFormat.V7, TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu])
        {
            Write(Archive, Tar(format, [("./stl10_binary/unlabeled_X.bin", new byte[100_000]), .. Files.Reverse().Select(file => ($"./stl10_binary/{file.Key}", file.Value)), ("stl10_binary/fold_indices.txt", "1 2"u8.ToArray())]));
            AssertHolds(Split.Test, [2, 1, 0], Rows(3, 100));
        }
    }

    [Fact]
    public void ReadingEndsAtTheLastFileWanted()
    {
        // What follows is gigabytes of unlabelled images; here it would not even decompress.
        var packed = Tar(TarEntryFormat.Ustar, [.. Files.Select(file => ($"stl10_binary/{file.Key}", file.Value)), ("stl10_binary/unlabeled_X.bin", Noise(300_000))]);
        packed.AsSpan(packed.Length / 2).Fill(0xFF);
        Write(Archive, packed);
        AssertHolds(Split.Train, [0, 2], Rows(2, 0));
    }

    [Fact]
    public void UnpackedFilesComeBeforeTheArchive()
    {
        Write(Archive, "no archive"u8.ToArray());
        LayOut(Layout.InTheirFolder);
        AssertHolds(Split.Train, [0, 2], Rows(2, 0));
    }

    [Fact]
    public void AnArchiveServesWhereUnpackingBrokeOff()
    {
        LayOut(Layout.Packed);
        Write(root["tiny", "stl10_binary", "test_X.bin"], [1, 2, 3]);
        AssertHolds(Split.Test, [2, 1, 0], Rows(3, 100));
    }

    [Theory]
    [InlineData(Layout.Directly)]
    [InlineData(Layout.Packed)]
    public void RefusesALabelOfNoClass(Layout layout)
    {
        foreach (var label in (byte[])[0, 4])
        {
            LayOut(layout, "train_y.bin", [2, label]);
            var refused = Refusal(Split.Train);
            Assert.Contains($"gives image 1 the label {label}, but the labels of STL10 are 1 to 3.", refused.Message);
            Assert.StartsWith(layout == Layout.Packed ? $"'{Archive}' (stl10_binary/train_y.bin) " : $"'{root["tiny", "train_y.bin"]}'", refused.Message);
        }
    }

    [Theory]
    [InlineData(Layout.Directly)]
    [InlineData(Layout.Packed)]
    public void RefusesFilesOfAnotherLength(Layout layout)
    {
        LayOut(layout, "test_X.bin", new byte[3 * 48 + 1]);
        Assert.EndsWith("has 145 bytes, where this file of STL10 has 144.", Refusal(Split.Test).Message);
        AssertHolds(Split.Train, [0, 2], Rows(2, 0));
    }

    [Fact]
    public void SaysWhatIsMissingAndHowToGetIt()
    {
        Assert.Equal($"Folder '{root["tiny"]}' of STL10 holds neither stl10_binary.tar.gz nor the folder stl10_binary nor its files. {Card.HowToGet}", Refusal(Split.Test).Message);
        LayOut(Layout.Directly);
        File.Delete(root["tiny", "test_y.bin"]);
        var refused = Refusal(Split.Train);
        Assert.Equal(root["tiny"], refused.Path);
        Assert.Equal($"Folder '{root["tiny"]}' of STL10 lacks test_y.bin. {Card.HowToGet}", refused.Message);
        Assert.Equal(refused.Message, Assert.Throws<DatasetException>(() => files.Fingerprint(new(root.Path))).Message);
        Write(Archive, Tar(TarEntryFormat.Ustar, [("stl10_binary/train_X.bin", Files["train_X.bin"]), ("train_y.bin", [1, 2])]));
        Assert.Equal($"'{Archive}' holds no stl10_binary/train_y.bin, as the archive of STL10 does; fetch the file again.", Refusal(Split.Train).Message);
    }

    [Fact]
    public void RefusesAFileThatIsThereTwice()
    {
        Write(Archive, Tar(TarEntryFormat.Ustar, [("stl10_binary/train_X.bin", Files["train_X.bin"]), .. Files.Select(file => ($"stl10_binary/{file.Key}", file.Value))]));
        Assert.Equal($"'{Archive}' holds stl10_binary/train_X.bin twice; fetch the file again.", Refusal(Split.Train).Message);
    }

    [Fact]
    public void FingerprintIsThatOfTheFilesInUse()
    {
        LayOut(Layout.Packed);
        var packed = files.Fingerprint(new(root.Path));
        LayOut(Layout.Directly);
        var unpacked = files.Fingerprint(new(root.Path));
        Assert.NotEqual(packed, unpacked);
        File.Delete(Archive);
        Assert.Equal(unpacked, files.Fingerprint(new(root.Path)));
        LayOut(Layout.Directly, "train_y.bin", [1, 1]);
        Assert.NotEqual(unpacked, files.Fingerprint(new(root.Path)));
    }

    [Fact]
    public void RefusesADamagedTar()
    {
        var tar = Tar(TarEntryFormat.Ustar, [.. Files.Select(file => ($"stl10_binary/{file.Key}", file.Value))], packed: false);
        // test_X.bin and test_y.bin take a block each beside their headers: the third header starts at byte 2,048.
        AssertRefused(Changed(2048 + 3, (byte)'X'), "is damaged: the tar header at byte 2,048 of its content is none, its checksum does not fit; fetch the file again.");
        AssertRefused(Changed(2048 + 124, (byte)'9'), "is none, it holds a number that is not octal");
        AssertRefused(tar[..2600], "is truncated: its content ends at byte 2,600, which is not the end of a tar");
        AssertRefused(tar[..2300], "is truncated: its content ends at byte 2,300");
        AssertRefused(tar[..2048], "is truncated: its content ends at byte 2,048");
        var packed = Gzip(tar);
        Write(Archive, packed[..(packed.Length / 2)]);
        Assert.StartsWith($"'{Archive}' is truncated", Refusal(Split.Train).Message);
        Write(Archive, tar);
        Assert.Contains("its gzip data cannot be decompressed", Refusal(Split.Train).Message);

        byte[] Changed(int at, byte value)
        {
            var changed = tar.ToArray();
            changed[at] = value;
            if (value == '9') WriteChecksum(changed.AsSpan(2048, 512));
            return changed;
        }

        void AssertRefused(byte[] content, string expected)
        {
            Write(Archive, Gzip(content));
            Assert.Contains(expected, Refusal(Split.Train).Message);
        }
    }

    [Fact]
    public void LinksAndFoldersOfTheirNamesAreNoFiles()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "stl10_binary/"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "stl10_binary/train_X.bin") { LinkName = "/etc/hostname" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"{new string('d', 120)}/train_X.bin") { DataStream = new MemoryStream([1, 2, 3]) });
            foreach (var (name, content) in Files) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"stl10_binary/{name}") { DataStream = new MemoryStream(content) });
        }
        Write(Archive, Gzip(bytes.ToArray()));
        AssertHolds(Split.Train, [0, 2], Rows(2, 0));
    }

    [Fact]
    public void ClaimsOfAHeaderCostNoMemory()
    {
        // 500 x 3 x 1024 x 1024 bytes are due, and the header agrees; the archive has a few hundred.
        var large = new Stl10Files("tiny", Card with { Shape = new(3, 1024, 1024), TrainCount = 500 });
        var header = Tar(TarEntryFormat.Ustar, [("stl10_binary/train_X.bin", [])], packed: false)[..512];
        Encoding.ASCII.GetBytes(Convert.ToString(500 * 3 * 1024 * 1024, 8).PadLeft(11, '0')).CopyTo(header, 124);
        WriteChecksum(header);
        Write(Archive, Gzip([.. header, .. new byte[1024]]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<DatasetException>(() => large.Open(Split.Train, new(root.Path)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains("cannot hold 'stl10_binary/train_X.bin', which has 1,572,864,000", refused.Message);
    }

    [Fact]
    public void MutatedArchivesLoadOrAreRefused()
    {
        var plain = Tar(TarEntryFormat.Pax, [.. Files.Select(file => ($"stl10_binary/{file.Key}", file.Value))], packed: false);
        var headers = Enumerable.Range(0, plain.Length / 512).Where(block => plain.AsSpan(block * 512 + 257, 5).SequenceEqual("ustar"u8)).ToArray();
        Assert.True(headers.Length >= 4);
        // Changed within the tar, half of the time with the header's checksum set right again, or within the gzip.
        var mutation = Gen.Select(Gen.Bool, Gen.Bool, Gen.Select(Gen.Int[0, 99_999], Gen.Byte).Array[0, 4], Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, 9_999])));
        var loaded = 0;
        mutation.Sample(
            (inTar, checksums, changes, cut) =>
            {
                var bytes = inTar ? plain.ToArray() : Gzip(plain);
                foreach (var (at, value) in changes) bytes[at % bytes.Length] = value;
                if (inTar && checksums)
                    foreach (var block in headers) WriteChecksum(bytes.AsSpan(block * 512, 512));
                bytes = bytes[..^Math.Min(cut, bytes.Length)];
                Write(Archive, inTar ? Gzip(bytes) : bytes);
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    using var images = files.Open(Split.Train, new(root.Path));
                    loaded++;
                    return images.Labels.Count == 2 && images.Labels.All(label => label is >= 0 and <= 2);
                }
                catch (DatasetException e)
                {
                    return e.Path == Archive && e.Message.Contains(Archive, StringComparison.Ordinal) && GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000;
                }
            },
            iter: 2000,
            threads: 1);
        Assert.InRange(loaded, 50, 1900);
    }

    [Fact]
    public void TheCardHasTheLabelsAsPublished()
    {
        var card = new Stl10Dataset().Card;
        Assert.Equal(["airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck"], card.ClassNames);
        Assert.Equal((5000, 8000), (card.TrainCount, card.TestCount));
    }

    private void AssertHolds(Split split, int[] labels, byte[] pixels)
    {
        using var images = files.Open(split, new(root.Path));
        Assert.Equal(labels, images.Labels);
        var read = new byte[images.Labels.Count * images.Shape.Bytes];
        images.Read([.. Enumerable.Range(0, images.Labels.Count)], read);
        Assert.Equal(pixels, read);
    }

    private DatasetException Refusal(Split split) => Assert.Throws<DatasetException>(() => files.Open(split, new(root.Path)));

    private void LayOut(Layout layout, string? changed = null, byte[]? content = null)
    {
        var all = Files.Select(file => (file.Key, Bytes: file.Key == changed ? content! : file.Value)).ToList();
        if (layout == Layout.Packed)
        {
            Write(Archive, Tar(TarEntryFormat.Ustar, [.. all.Select(file => ($"stl10_binary/{file.Key}", file.Bytes))]));
            return;
        }
        foreach (var (name, bytes) in all) Write(layout == Layout.Directly ? root["tiny", name] : root["tiny", "stl10_binary", name], bytes);
    }

    private static void Write(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static byte[] Tar(TarEntryFormat format, (string Name, byte[] Content)[] members, bool packed = true)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, format, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                var type = format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
                TarEntry entry = format switch
                {
                    TarEntryFormat.V7 => new V7TarEntry(type, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(type, name),
                    TarEntryFormat.Gnu => new GnuTarEntry(type, name),
                    _ => new PaxTarEntry(type, name),
                };
                entry.DataStream = new MemoryStream(content);
                tar.WriteEntry(entry);
            }
        }
        return packed ? Gzip(bytes.ToArray()) : bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    // The sum of a header's bytes with the checksum's own eight as spaces, in octal.
    private static void WriteChecksum(Span<byte> header)
    {
        var field = header.Slice(148, 8);
        field.Fill((byte)' ');
        var sum = 0;
        foreach (var value in header) sum += value;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(field);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Rows(int count, int offset) => Encode(count, offset, (row, column) => row * Side + column);

    private static byte[] Columns(int count, int offset) => Encode(count, offset, (row, column) => column * Side + row);

    private static byte[] Encode(int count, int offset, Func<int, int, int> place)
    {
        var pixels = new byte[count * 3 * Side * Side];
        for (var plane = 0; plane < 3 * count; plane++)
            for (var row = 0; row < Side; row++)
                for (var column = 0; column < Side; column++)
                    pixels[plane * Side * Side + place(row, column)] = (byte)(offset + 16 * plane + 4 * row + column);
        return pixels;
    }
}

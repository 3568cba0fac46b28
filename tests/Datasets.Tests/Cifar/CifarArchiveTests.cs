using System.Formats.Tar;
using System.Text;
using CsCheck;
using Harness;
using Harness.Datasets.Cifar;

namespace Datasets.Tests.Cifar;

public sealed class CifarArchiveTests : IDisposable
{
    private const int SmallChange = 2_000_000;
    private const string Archive = "cifar-100-binary.tar.gz";
    private const string InFolder = "cifar-100-binary";
    private const string NoGzip = "is damaged or truncated: its gzip data cannot be decompressed (";

    private readonly CifarFolder folder = new(Cifar100Dataset.Layout, new Cifar100Dataset().Card);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void ReadsEveryKindOfTar(TarEntryFormat format)
    {
        folder.Write(CifarFolder.Gzip(CifarFolder.Tar(folder.Contents(), InFolder, format)), Archive);
        Assert.Equal([0, 1], Labels(Split.Train));
        Assert.Equal([1, 2], Labels(Split.Test));
    }

    [Fact]
    public void ReadsByNameWhateverTheFolderAndTheOrder()
    {
        var contents = folder.Contents().Reverse().Prepend(new("fine_label_names.txt", new byte[700])).ToDictionary();
        folder.Write(CifarFolder.Gzip(CifarFolder.Tar(contents, "../" + new string('x', 90) + "/elsewhere", TarEntryFormat.Ustar)), Archive);
        Assert.Equal([0, 1], Labels(Split.Train));
        Assert.Equal([1, 2], Labels(Split.Test));
        Assert.Equal([Path.Combine(folder.Folder, Archive)], Directory.EnumerateFileSystemEntries(folder.Folder));
    }

    [Fact]
    public void RefusesAnArchiveOfOtherFiles()
    {
        var contents = folder.Contents();
        contents.Remove("test.bin");
        var path = folder.WriteArchive(contents);
        Assert.Equal([0, 1], Labels(Split.Train));
        AssertRefused(Split.Test, $"'{path}' holds no test.bin, as the archive of CIFAR100 does; fetch the file again.");
    }

    [Fact]
    public void RefusesAFileThatIsThereTwice()
    {
        var once = CifarFolder.Tar(folder.Contents(), InFolder);
        var path = folder.Write(CifarFolder.Gzip([.. once[..^1024], .. once]), Archive);
        AssertRefused(Split.Train, $"'{path}' holds train.bin twice; fetch the file again.");
    }

    [Fact]
    public void RefusesALinkOfThatName()
    {
        using var packed = new MemoryStream();
        using (var tar = new TarWriter(packed))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "train.bin") { LinkName = "/etc/hostname" });
        var path = folder.Write(CifarFolder.Gzip(packed.ToArray()), Archive);
        AssertRefused(Split.Train, $"'{path}' holds no train.bin, as the archive of CIFAR100 does; fetch the file again.");
    }

    [Fact]
    public void RefusesWhatIsNoGzip() => AssertRefused("not gzip"u8.ToArray(), NoGzip);

    [Fact]
    public void RefusesGzipOfWhatIsNoTar() =>
        AssertRefused(CifarFolder.Gzip([.. Enumerable.Repeat((byte)'7', 2048)]), "is damaged: the tar header at byte 0 of its content is none, its checksum does not fit");

    [Fact]
    public void RefusesAHeaderThatIsCutOff() =>
        AssertRefused(CifarFolder.Gzip(CifarFolder.Tar(folder.Contents(), InFolder)[..700]), "is truncated: its content ends at byte 700, which is not the end of a tar");

    [Fact]
    public void RefusesEveryTruncationThatCouldLoseAnything()
    {
        var tar = CifarFolder.Tar(folder.Contents(), InFolder);
        for (var length = 0; length < tar.Length - 1024; length += 3) AssertDamagedOrCut(CifarFolder.Gzip(tar[..length]));

        // The last bytes of a gzip file are its checksum and what marks the end; whoever loses only those has all the images.
        var packed = CifarFolder.Gzip(tar);
        for (var length = 0; length < packed.Length - 24; length++) AssertDamagedOrCut(packed[..length]);
    }

    [Fact]
    public void RefusesAWrongChecksumBehindThePixelsThatWereAskedFor()
    {
        var packed = CifarFolder.Gzip(CifarFolder.Tar(folder.Contents(), InFolder));
        packed[^5] ^= 0xFF;
        AssertRefused(packed, NoGzip);
    }

    [Fact]
    public void StatedLengthsCostNoMemory()
    {
        foreach (var type in "LKxg0D")
        {
            var path = folder.Write(CifarFolder.Gzip([.. Header("train.bin", 4_000_000_000, type), .. new byte[1024]]), Archive);
            var before = GC.GetAllocatedBytesForCurrentThread();
            AssertRefused(Split.Train, type == '0' ? "bytes cannot hold 'train.bin', which has 4,000,000,000; fetch the file again." : $"'{path}' is truncated: its content ends at byte 1,536, which is not the end of a tar; fetch the file again.");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallChange);
        }
    }

    [Fact]
    public void AnArchiveThatDecompressesWithoutEndIsLeft()
    {
        var bomb = CifarFolder.Gzip([.. Header("padding", 30_000_000, '0'), .. new byte[30_000_000]]);
        folder.Write(bomb, Archive);
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(bomb, "is damaged: it holds more than 1,048,");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, SmallChange);
    }

    [Fact]
    public void MutatedArchivesLoadOrAreRefused()
    {
        var packed = CifarFolder.Gzip(CifarFolder.Tar(folder.Contents(), InFolder));
        Mutations(packed.Length).Sample(mutate => LoadsOrIsRefused(Archive, mutate(packed)), iter: 2000, threads: 1);
    }

    [Fact]
    public void MutatedTarsLoadOrAreRefused()
    {
        foreach (var format in new[] { TarEntryFormat.Gnu, TarEntryFormat.Pax })
        {
            var tar = CifarFolder.Tar(folder.Contents(), InFolder, format);
            Mutations(tar.Length).Sample(mutate => LoadsOrIsRefused(Archive, CifarFolder.Gzip(MendHeaders(mutate(tar)))), iter: 700, threads: 1);
        }
    }

    [Fact]
    public void MutatedRecordsLoadOrAreRefused()
    {
        folder.WriteUnpacked();
        var records = folder.Contents()["train.bin"];
        Mutations(records.Length).Sample(mutate => LoadsOrIsRefused("train.bin", mutate(records)), iter: 1000, threads: 1);
    }

    /// <summary>Some bytes changed, mostly none cut off, and a few appended.</summary>
    private static Gen<Func<byte[], byte[]>> Mutations(int length) =>
        Gen.Select(Gen.Select(Gen.Int[0, length - 1], Gen.Byte).Array[0, 4], Gen.Frequency((3, Gen.Const(length)), (1, Gen.Int[0, length])), Gen.Byte.Array[0, 3])
            .Select<(int, byte)[], int, byte[], Func<byte[], byte[]>>((changes, keep, tail) => original =>
            {
                var bytes = original.ToArray();
                foreach (var (position, value) in changes) bytes[position] = value;
                return [.. bytes.Take(keep), .. tail];
            });

    /// <summary>Gives each block that still says "ustar" a right checksum, so that mutations reach beyond it.</summary>
    private static byte[] MendHeaders(byte[] tar)
    {
        for (var block = 0; block + 512 <= tar.Length; block += 512)
        {
            if (tar.AsSpan(block + 257, 5).SequenceEqual("ustar"u8)) Mend(tar.AsSpan(block, 512));
        }
        return tar;
    }

    private static byte[] Header(string name, long length, char type)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name, header);
        Encoding.ASCII.GetBytes(Convert.ToString(length, 8).PadLeft(11, '0'), header.AsSpan(124));
        header[156] = (byte)type;
        "ustar  "u8.CopyTo(header.AsSpan(257));
        Mend(header);
        return header;
    }

    private static void Mend(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var value in header) sum += value;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ", header[148..]);
    }

    private bool LoadsOrIsRefused(string file, byte[] content)
    {
        var path = folder.Write(content, file);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var images = folder.Dataset.Open(Split.Train, folder.Data);
            return images.Labels.Count == 2 && images.Labels.All(label => label is >= 0 and < 100) && Small();
        }
        catch (DatasetException e)
        {
            return e.Path == path && e.Message.StartsWith($"'{path}' ", StringComparison.Ordinal) && e.Message.EndsWith('.') && Small();
        }

        bool Small() => GC.GetAllocatedBytesForCurrentThread() - before < SmallChange;
    }

    private IReadOnlyList<int> Labels(Split split)
    {
        using var images = folder.Dataset.Open(split, folder.Data);
        return images.Labels;
    }

    private void AssertDamagedOrCut(byte[] content)
    {
        folder.Write(content, Archive);
        foreach (var split in Enum.GetValues<Split>()) AssertRefused(split, "truncated");
    }

    private void AssertRefused(byte[] content, string reason)
    {
        var path = folder.Write(content, Archive);
        AssertRefused(Split.Train, $"'{path}' {reason}", "; fetch the file again.");
    }

    private void AssertRefused(Split split, params string[] parts)
    {
        var message = Assert.Throws<DatasetException>(() => folder.Dataset.Open(split, folder.Data)).Message;
        Assert.All(parts, part => Assert.Contains(part, message));
    }
}

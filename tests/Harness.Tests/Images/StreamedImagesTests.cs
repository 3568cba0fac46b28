using CsCheck;
using Harness.Images;
using static TorchSharp.torch;

namespace Harness.Tests.Images;

public class StreamedImagesTests
{
    [Fact]
    public void BatchesAreThoseOfResidentImages()
    {
        using var set = new Patterns();
        using var streamed = Load(set, ImagePlacement.Streamed);
        using var resident = Load(set, ImagePlacement.Resident);
        Assert.IsType<StreamedImages>(streamed);
        Assert.IsType<ResidentImages>(resident);
        Assert.Equal((resident.Count, resident.Shape), (streamed.Count, streamed.Shape));
        Assert.Equal(resident.Labels, streamed.Labels);
        Gen.Int[0, Patterns.Count - 1].Array[1, 9].List[0, 12].Sample(batches =>
        {
            var expected = resident.Batches(batches).ToList();
            var got = streamed.Batches(batches).ToList();
            Assert.Equal(expected.Count, got.Count);
            foreach (var ((one, other), batch) in expected.Zip(got).Zip(batches))
            {
                using var direct = streamed.Pixels(batch);
                Assert.Equal(one.shape, other.shape);
                Assert.Equal(one.data<float>().ToArray(), other.data<float>().ToArray());
                Assert.Equal(one.data<float>().ToArray(), direct.data<float>().ToArray());
                one.Dispose();
                other.Dispose();
            }
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void FewBatchesAreReadAheadOfTheirUse()
    {
        var images = new Numbered(1000);
        using var streamed = new StreamedImages(images, images.Shape, CPU);
        var taken = 0;
        foreach (var batch in streamed.Batches(Enumerable.Range(0, 1000).Chunk(10)))
        {
            batch.Dispose();
            taken++;
            // Three ready beside this one.
            Assert.InRange(images.Read, 0, 10 * (taken + 3));
        }
        Assert.Equal(1000, images.Read);
    }

    [Fact]
    public void WhoHasEnoughEndsTheReading()
    {
        var images = new Numbered(1000);
        using var streamed = new StreamedImages(images, images.Shape, CPU);
        foreach (var batch in streamed.Batches(Enumerable.Range(0, 1000).Chunk(10)))
        {
            batch.Dispose();
            break;
        }
        Assert.InRange(images.Read, 10, 50);
        var read = images.Read;
        foreach (var batch in streamed.Batches([[1, 2]])) batch.Dispose();
        Assert.Equal(read + 2, images.Read);
    }

    [Fact]
    public void AFaultOfTheReaderReachesTheConsumerInItsPlace()
    {
        var images = new Numbered(100) { Torn = 57 };
        using var streamed = new StreamedImages(images, images.Shape, CPU);
        var taken = 0;
        var error = Assert.Throws<DamagedCacheException>(() =>
        {
            foreach (var batch in streamed.Batches(Enumerable.Range(0, 100).Chunk(10)))
            {
                taken++;
                batch.Dispose();
            }
        });
        Assert.Equal("57", error.Message);
        Assert.Equal(5, taken);
    }

    private static CellImages Load(Patterns set, ImagePlacement placement) =>
        set.Loader(new() { PadTo = 6 }).Load(Split.Train, CPU, placement, CancellationToken.None, out _);

    /// <summary>Images of one pixel that count how many of them are read.</summary>
    private sealed class Numbered(int count) : DecodedImages
    {
        private readonly byte[] pixels = new byte[count];
        private int read;

        public int Read => Volatile.Read(ref read);

        public int? Torn { get; init; }

        public override ImageShape Shape => new(1, 1, 1);

        public override IReadOnlyList<int> Labels { get; } = new int[count];

        public override PixelSums Sums { get; } = new(1);

        public override ReadOnlySpan<byte> this[int index]
        {
            get
            {
                if (index == Torn) throw new DamagedCacheException($"{index}");
                Interlocked.Increment(ref read);
                return pixels.AsSpan(index, 1);
            }
        }

        public override void Dispose()
        {
        }
    }
}

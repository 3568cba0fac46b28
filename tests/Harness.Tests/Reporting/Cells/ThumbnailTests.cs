using Harness.Reporting.Cells;

namespace Harness.Tests.Reporting.Cells;

public class ThumbnailTests
{
    [Fact]
    public void SmallOnesStayAndLargeOnesAreAveraged()
    {
        var small = new Picture("x", new(1, 64, 3), new byte[192]);
        Assert.Same(small, Thumbnail.Of(small, out var by));
        Assert.Equal(1, by);

        // 2 channels' worth of rows would mix if the planes did: red is the column, green 7, blue the row.
        var shape = new ImageShape(3, 65, 130);
        byte[] pixels = [.. Enumerable.Range(0, shape.Bytes).Select(i => (byte)((i / (65 * 130)) switch { 0 => i % 130, 1 => 7, _ => i / 130 % 65 }))];
        var large = Thumbnail.Of(new("x", shape, pixels), out by);
        Assert.Equal((3, new ImageShape(3, 22, 44)), (by, large.Shape));
        Assert.Equal([1, 4, 7], large.Pixels[..3]);
        Assert.Equal(129, large.Pixels[43]);
        Assert.All(large.Pixels[968..1936], p => Assert.Equal(7, p));
        Assert.Equal([1, 1], large.Pixels[1936..1938]);
        Assert.Equal((63 + 64 + 1) / 2, large.Pixels[^1]);
    }
}

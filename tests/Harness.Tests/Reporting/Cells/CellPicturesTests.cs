using Harness.Reporting.Cells;
using Harness.Results;

namespace Harness.Tests.Reporting.Cells;

public class CellPicturesTests
{
    private static readonly Measurement[] Measured = [.. new[] { 3, 9 }.Select(e => new Measurement(e, "m", "q", Split.Test, Pictures: [Row(e), Row(e + 1), Row(e + 2)]))];
    private static readonly int OfARow = CellPictures.Of(Measured, int.MaxValue)[0].Rows[0].Pictures.Sum(p => p.Png.Length);

    [Fact]
    public void TheLastEpochComesFirstWhereRoomIsShort()
    {
        var shown = CellPictures.Of(Measured, (4 * OfARow) + (OfARow / 2));
        Assert.Equal([(3, 1, 2), (9, 3, 0)], shown.Select(s => (s.Epoch, s.Rows.Count, s.LeftOut ?? 0)));
        Assert.All(shown, s => Assert.Null(s.Averaged));
        Assert.Equal([(3, 0), (9, 0)], CellPictures.Of(Measured, 0).Select(s => (s.Epoch, s.Rows.Count)));
    }

    private static PictureRow Row(int seed)
    {
        var pixels = new byte[3 * 16 * 16];
        new Random(seed).NextBytes(pixels);
        return new($"row {seed}", [new("clean", new(3, 16, 16), pixels)]);
    }
}

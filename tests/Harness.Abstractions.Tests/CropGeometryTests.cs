namespace Harness.Abstractions.Tests;

public class CropGeometryTests
{
    [Theory]
    [InlineData(224, 256)]
    [InlineData(64, 73)]
    [InlineData(112, 128)]
    public void EvaluationKeepsTheRatioOf256To224(int side, int shorter) => Assert.Equal(shorter, CropGeometry.Evaluation(side).ShorterSide);

    [Theory]
    [InlineData(500, 375, 341, 256)]
    [InlineData(375, 500, 256, 341)]
    [InlineData(224, 224, 256, 256)]
    [InlineData(1, 1000, 256, 256000)]
    public void TheLongerSideIsRoundedDown(int width, int height, int resizedWidth, int resizedHeight) =>
        Assert.Equal((resizedWidth, resizedHeight), CropGeometry.Evaluation(224).Resized(width, height));

    [Theory]
    [InlineData(256, 16)]
    [InlineData(341, 58)]
    [InlineData(343, 60)]
    [InlineData(224, 0)]
    public void TheCropIsCentred(int length, int offset) => Assert.Equal(offset, CropGeometry.Evaluation(224).Offset(length));
}

using CsCheck;
using Harness.Images;

namespace Harness.Tests.Images;

public class BalancedSubsampleTests
{
    private static readonly Gen<int[]> Labels = Gen.Int[0, 3].Array[0, 60].Select(a => (int[])[0, 1, 2, 3, .. a]);

    [Fact]
    public void TakesAsManyOfEveryClassAsAsked() => Gen.Select(Labels, Gen.ULong).Sample((labels, seed) =>
    {
        var perClass = Enumerable.Range(0, 4).Min(c => labels.Count(l => l == c));
        var chosen = BalancedSubsample.Choose(labels, 4, perClass, new(seed));
        return chosen.Distinct().Count() == 4 * perClass && chosen.GroupBy(i => labels[i]).All(g => g.Count() == perClass) && chosen.SequenceEqual(chosen.Order());
    });

    [Fact]
    public void TakesAllWhereNoNumberIsGiven() => Assert.Equal([0, 1, 2, 3], BalancedSubsample.Choose([1, 0, 1, 1], 2, null, new(0)));

    [Fact]
    public void DrawsOtherImagesWithAnotherSeed()
    {
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i % 2)];
        Assert.NotEqual(BalancedSubsample.Choose(labels, 2, 10, new(0)), BalancedSubsample.Choose(labels, 2, 10, new(1)));
        Assert.Equal(BalancedSubsample.Choose(labels, 2, 10, new(1)), BalancedSubsample.Choose(labels, 2, 10, new(1)));
    }

    [Fact]
    public void SaysWhichClassIsTooSmall()
    {
        var error = Assert.Throws<DatasetException>(() => BalancedSubsample.Choose([0, 0, 1], 2, 2, new(0)));
        Assert.Equal("Class 1 has 1 images, but 2 of each class are asked for.", error.Message);
        error = Assert.Throws<DatasetException>(() => BalancedSubsample.Choose([0, 0], 2, null, new(0)));
        Assert.Equal("Class 1 has no image; every class needs one.", error.Message);
    }
}

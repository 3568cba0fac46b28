using Harness;
using Harness.Metrics.Spectrum;

namespace Metrics.Tests.Spectrum;

public class SampleTests
{
    private static readonly int[] Labels = [.. Enumerable.Range(0, 60).Select(i => i < 30 ? 0 : i < 55 ? 1 : 2)];

    [Fact]
    public void ClassesAreEvenAsFarAsTheyGo()
    {
        int[] Counts(int count) => [.. Sample.Balanced(Labels, count, new Seed(1)).GroupBy(i => Labels[i]).OrderBy(g => g.Key).Select(g => g.Count())];
        Assert.Equal([4, 4, 4], Counts(12));
        Assert.Equal([20, 20, 5], Counts(45));
        Assert.Equal([30, 25, 5], Counts(1000));
    }

    [Fact]
    public void ASmallerDrawBeginsALargerOneAndHangsOnTheSeedAlone()
    {
        var large = Sample.Balanced(Labels, 40, new Seed(1));
        Assert.Equal(large.Take(11), Sample.Balanced(Labels, 11, new Seed(1)));
        Assert.Equal(large.Length, large.Distinct().Count());
        Assert.NotEqual(large, Sample.Balanced(Labels, 40, new Seed(2)));
    }
}

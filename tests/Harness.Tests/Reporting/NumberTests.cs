using Harness.Reporting.Numbers;

namespace Harness.Tests.Reporting;

public class NumberTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(0.0, "0")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(4.5678, "4.57")]
    [InlineData(-12.34, "−12.3")]
    [InlineData(1234.0, "1,234")]
    [InlineData(0.00001234, "1.23×10⁻⁵")]
    [InlineData(123456.0, "1.23×10⁵")]
    public void ThreeDigitsSayEnough(double? value, string text) => Assert.Equal(text, Number.General(value));

    [Theory]
    [InlineData(0.98765, "98.77")]
    [InlineData(null, "–")]
    public void SharesArePercentages(double? value, string text) => Assert.Equal(text, Number.Percent(value));
}

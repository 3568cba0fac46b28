using Harness.Reporting.Drawing;

namespace Harness.Tests.Reporting.Drawing;

public class SvgTests
{
    [Fact]
    public void ALineIsBrokenAtHolesAndALonePointIsADot() =>
        Assert.Equal("M1 2L3 4M5 6L5 6M7 8L9 10", Svg.Path([(1, 2), (3, 4), null, (5, 6), null, null, (7, 8), (9, 10)]));

    [Fact]
    public void PlacesAreToATenthAndNeverInALocale() => Assert.Equal(["0", "-1.3", "1234.5"], new[] { -0.01, -1.25001, 1234.5 }.Select(Svg.Text));

    [Fact]
    public void ColoursAreThoseOfThePage()
    {
        Assert.Equal("#0b6cb8", Svg.Colour("--line-0"));
        Assert.Equal("#d1620a", Svg.Colour("--line-1"));
    }

    [Fact]
    public void WhatXmlCannotHoldIsReplaced() => Assert.Equal("a�b 😀<", Svg.Clean("a\u0001b 😀<"));
}

using CsCheck;
using Harness.Reporting.Drawing;

namespace Harness.Tests.Reporting.Drawing;

public class ScaleTests
{
    [Fact]
    public void EqualRatiosAreEqualSteps()
    {
        var scale = new Scale(0.01, 100, true, 0, 400);
        Assert.Equal([0.0, 100, 200, 300, 400], new[] { 0.01, 0.1, 1, 10, 100 }.Select(v => Math.Round(scale.At(v), 9)));
        Assert.Equal(75, new Scale(2, 6, false, 100, 0).At(3));
    }

    [Fact]
    public void TicksAreRoundAndInside()
    {
        Assert.Equal(["0", "0.2", "0.4", "0.6", "0.8", "1.0"], new Scale(0, 1, false, 0, 1).Ticks(5).Select(t => t.Text == "0.0" ? "0" : t.Text));
        Assert.Equal(["10⁻⁴", "10⁻³", "0.01", "0.1", "1"], new Scale(5e-5, 2, true, 0, 1).Ticks(5).Select(t => t.Text));
        Assert.Equal(["10⁻⁸", "10⁻⁴", "1"], new Scale(1e-8, 10, true, 0, 1).Ticks(3).Select(t => t.Text));
        Gen.Select(Gen.Double[-1e3, 1e3], Gen.Double[1e-3, 1e3]).Sample((low, span) =>
        {
            var scale = new Scale(low, low + span, false, 0, 1);
            var ticks = scale.Ticks(5);
            Assert.InRange(ticks.Count, 1, 7);
            Assert.All(ticks, t => Assert.InRange(t.Value, low - (1e-6 * span), low + span + (1e-6 * span)));
            Assert.Equal(ticks.Count, ticks.Select(t => t.Text).Distinct().Count());
        });
    }

    [Fact]
    public void AScaleHoldsItsValuesAndPassesOverHoles()
    {
        var scale = Scale.Over([0.5, double.NaN, 2, 0, -1], true, 100, 0, 0.1)!;
        Assert.InRange(scale.At(0.5), 90, 100);
        Assert.InRange(scale.At(2), 0, 10);
        Assert.Equal(0, Scale.Over([0.1, 1], false, 100, 0, 0.1)!.Low);
        Assert.Null(Scale.Over([0, double.NaN], true, 0, 1, 0.1));
        var flat = Scale.Over([3, 3], false, 0, 100, 0.1)!;
        Assert.Equal(50, flat.At(3), 1e-9);
    }
}

using Harness.Commands;
using Harness.Tests.Fetching;

namespace Harness.Tests.Commands;

public class FetchLinesTests
{
    [Fact]
    public void ALineComesEveryFewSecondsWithTheSpeedOfThisTry()
    {
        var clock = new StoppedClock(TimeSpan.Zero);
        var output = new StringWriter { NewLine = "\n" };
        var lines = new FetchLines(output, clock);
        lines.Begin("mnist/images.gz");
        foreach (var (seconds, bytes) in new[] { (1, 4_000_000L), (3, 5_000_000), (5, 6_000_000), (7, 7_000_000), (10, 9_000_000) })
        {
            clock.Shows = TimeSpan.FromSeconds(seconds);
            lines.At(bytes, 9_912_422);
        }
        clock.Shows = TimeSpan.FromSeconds(20);
        lines.At(9_100_000, null);
        Assert.Equal(
            "mnist/images.gz: 6.00 MB of 9.91 MB, 400 kB/s\nmnist/images.gz: 9.00 MB of 9.91 MB, 600 kB/s\nmnist/images.gz: 9.10 MB, 10.0 kB/s\n", output.ToString());
    }
}

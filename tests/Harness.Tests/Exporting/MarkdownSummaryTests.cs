using Harness.Exporting;
using Harness.Results;
using Harness.Tests.Reporting;
using Testing;

namespace Harness.Tests.Exporting;

public class MarkdownSummaryTests
{
    [Fact]
    public void SaysHowTheRunStandsAndNamesItsHoles()
    {
        var text = MarkdownSummary.Of(Views.Of(new SyntheticRun { Failures = new Dictionary<int, Outcome> { [4] = Outcome.Diverged } }.Record()));
        Assert.StartsWith("## synthetic\n\n5 of 6 cells done, 5 in the terminal phase, 1 failed.\n", text);
        Assert.Contains("\n\n- Whether collapse goes with robustness, these data cannot tell. Rank correlation within cells", text);
        Assert.Contains("\n- 5 of 5 cells reached the terminal phase. 95 % interval of the share 57 to 100 %; 1 cell failed.\n", text);
        Assert.Contains("| vgg18 | MNIST | 1 of 1 | 22 | 9.54 → 0.0", text);
        Assert.Contains("| resnet18 | FashionMNIST | 0 of 1 | diverged | | | |", text);
        Assert.Contains("- **resnet18/fashion-mnist/0**: diverged. The loss became NaN in step 3 of epoch 16.", text);
        Assert.All(text.Split('\n').Where(line => line.StartsWith('|')), line => Assert.Equal(8, line.Count(c => c == '|')));
    }

    [Fact]
    public void TextStaysText() => Assert.Equal("a\\|b &lt;script&gt; \\@user \\`x\\` c", MarkdownSummary.Escape("a|b <script> @user `x`\nc"));
}

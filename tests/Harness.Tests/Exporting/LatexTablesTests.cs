using Harness.Exporting;
using Harness.Results;
using Harness.Tests.Reporting;
using Testing;

namespace Harness.Tests.Exporting;

public class LatexTablesTests
{
    [Fact]
    public void Table1SetsTheRunBesideThePublishedOne()
    {
        var table = LatexTables.Table1(Views.Of(new SyntheticRun { Datasets = ["mnist"], Architectures = ["vgg"] }.Record()));
        var row = Assert.Single(table.Split('\n'), line => line.StartsWith("MNIST & vgg18 & 1 & ", StringComparison.Ordinal));
        Assert.EndsWith("& 99.40 & 99.56\\rlap{$^\\dagger$} \\\\", row);
        Assert.Equal(6, row.Count(c => c == '&'));
        Assert.Contains("\\toprule", table);
    }

    [Fact]
    public void SeveralSeedsHaveAMeanAndItsStandardError()
    {
        var record = new SyntheticRun { Datasets = ["mnist"], Architectures = ["vgg"], Seeds = 3 }.Record();
        var last = record.Cells.Select(c => 100 * c.Measurements.Last(m => m.Id == "generalization/accuracy" && m.Split == Split.Test).Value!.Value).ToArray();
        var mean = last.Average();
        var error = Math.Sqrt(last.Sum(v => (v - mean) * (v - mean)) / 2 / 3);
        Assert.Contains(FormattableString.Invariant($"& {mean:F2} $\\pm$ {error:F2} &"), LatexTables.Table1(Views.Of(record)));
    }

    [Fact]
    public void HolesAreNamed()
    {
        var record = new SyntheticRun { Datasets = ["mnist"], Failures = new Dictionary<int, Outcome> { [0] = Outcome.OutOfMemory } }.Record();
        var table = LatexTables.Matrix(Views.Of(record));
        Assert.Contains("vgg18 & MNIST & \\multicolumn{7}{l}{out of memory} \\\\", table);
        Assert.Equal(3, table.Split('\n').Count(line => line.EndsWith("\\\\", StringComparison.Ordinal) && line.Contains("MNIST")));
    }

    [Fact]
    public void TextStaysText() =>
        Assert.Equal("50\\% of \\$x\\_1\\textasciicircum{}2\\$ \\& \\#\\{\\}\\textbackslash{}\\textasciitilde{}\\textless{}b\\textgreater{}", LatexTables.Escape("50% of $x_1^2$ & #{}\\~<b>"));
}

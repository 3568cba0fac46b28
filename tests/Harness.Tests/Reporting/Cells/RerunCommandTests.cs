using Harness.Reporting.Cells;
using Testing;

namespace Harness.Tests.Reporting.Cells;

public class RerunCommandTests
{
    [Theory]
    [InlineData("harness run my.yaml --out runs/a --data '/d d' --threads 2 --reuse b --reuse=c --budget 8h --plain --plugins p", "harness run my.yaml --data '/d d' --threads 2 --plugins p")]
    [InlineData("harness run my.yaml --only x --out=runs/a", "harness run my.yaml")]
    [InlineData(null, "harness run manifest.yaml")]
    public void TheRunsOptionsStayAndThoseOfItsFolderGo(string? command, string kept)
    {
        var cell = new SyntheticRun { Datasets = ["a b"], Architectures = ["it's"] }.Record().Cells[0].Spec;
        Assert.Equal($"{kept} --only 'it'\\''s18/a b/0' --out runs/synthetic-it-s18-a-b-0", RerunCommand.Of("synthetic", command, cell));
    }
}

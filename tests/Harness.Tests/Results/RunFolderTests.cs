using Harness.Results;
using Testing;

namespace Harness.Tests.Results;

public sealed class RunFolderTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly RunFolder run;

    public RunFolderTests() => run = new(scratch["run"]);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void ARunComesBackAsItWasWritten()
    {
        var written = new SyntheticRun().Record();
        SyntheticRun.Save(written, run);
        var read = run.Read();
        Assert.Equal(Json(written), Json(read));
        Assert.Equal(Json(written.Cells[0].Spec), Json(run.Cell(written.Cells[0].Key).ReadSpec()));
    }

    [Fact]
    public void CellsNotYetRunStayInTheirPlaces()
    {
        var written = new SyntheticRun().Record();
        run.WritePlan(written.Plan);
        var last = written.Cells[^1];
        run.Cell(last.Key).Append(last.Measurements);
        var read = run.Read();
        Assert.Null(read.Environment);
        Assert.Equal(written.Plan.Cells.Select(c => c.Key), read.Cells.Select(c => c.Key));
        Assert.All(read.Cells, cell => Assert.Null(cell.Result));
        Assert.All(read.Cells.SkipLast(1), cell => Assert.Empty(cell.Measurements));
        Assert.Equal(last.Measurements.Count, read.Cells[^1].Measurements.Count);
    }

    [Fact]
    public void AFolderThatIsNoRunIsNamed()
    {
        Assert.False(run.Exists);
        Assert.Equal($"{run.Path} is not a run folder: it holds no plan.json, which 'harness run' writes first.",
            Assert.Throws<RunFolderException>(run.Read).Message);
    }

    [Theory]
    [InlineData("{\"schema\": 2, \"name\": \"x\"}", "has schema 2 and this harness reads schema 1")]
    [InlineData("{\"name\": \"x\"}", "has schema none")]
    [InlineData("{\"schema\": 1, \"name\": \"x\"}", "is damaged")]
    [InlineData("{\"schema\": 1, ", "is damaged")]
    [InlineData("[]", "is damaged")]
    [InlineData("null", "is damaged")]
    [InlineData("", "is damaged")]
    public void APlanOfAnotherKindIsRefusedInOneSentence(string content, string what)
    {
        Directory.CreateDirectory(run.Path);
        File.WriteAllText(run.PlanPath, content);
        var message = Assert.Throws<RunFolderException>(run.Read).Message;
        Assert.StartsWith($"{run.PlanPath} {what}", message);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../elsewhere")]
    [InlineData("a/b")]
    public void AKeyNeverLeadsOutOfTheFolder(string key) => Assert.Throws<RunFolderException>(() => run.Cell(key));

    private static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value, Harness.Results.Json.Page);
}

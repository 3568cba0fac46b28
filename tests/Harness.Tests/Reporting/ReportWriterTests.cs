using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.Manifests;
using Harness.Reporting;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting;

public sealed partial class ReportWriterTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void ThePageIsOneFileAndOverwritesItsForerunner()
    {
        Write(new SyntheticRun { Seeds = 3 }.Record());
        Write(new SyntheticRun().Record());
        Assert.Equal(["index.html"], Directory.GetFileSystemEntries(scratch["run", "report"]).Select(Path.GetFileName));
    }

    [Fact]
    public void SeedsOfOnePairAreOneRowOfTable1WithTheirSpread()
    {
        var page = Write(new SyntheticRun { Architectures = ["vgg"], Datasets = ["mnist"], Seeds = 3 }.Record());
        double[] last = [.. Enumerable.Range(0, 3).Select(place => 100 * SyntheticRun.Value("generalization/accuracy", Split.Test, 60, place))];
        Assert.Contains(FormattableString.Invariant($"→ {last.Average():F2} [{last.Min():F2}, {last.Max():F2}]</td>"), page);
        Assert.Contains(FormattableString.Invariant($"<td class=\"number\">−{99.56 - last.Average():F2}</td>"), page);
        Assert.Equal(1, Regex.Count(page, "99.40 → 99.56†"));
    }

    [Fact]
    public void FailuresHolesAndUnfinishedRunsAreNamed()
    {
        var page = Write(new SyntheticRun { Failures = new Dictionary<int, Outcome> { [0] = Outcome.OutOfMemory }, Finished = 3 }.Record());
        Assert.Contains(">out of memory</a>", page);
        Assert.Contains("exit code 134. The loss became NaN in step 3 of epoch 16.", page);
        Assert.Contains("12:00:02 epoch 16, loss NaN", page);
        Assert.Contains(">not run</a>", page);
    }

    [Fact]
    public void AMetricThatGaveNothingIsNamedOnceForEachReasonWithItsEpochs()
    {
        var record = new SyntheticRun { Architectures = ["vgg"], Datasets = ["mnist"] }.Record();
        Measurement Fault(int epoch, string why) => new(epoch, "deepfool", "", Error: why);
        var page = Write(record with { Cells = [record.Cells[0] with { Measurements = [.. record.Cells[0].Measurements, Fault(1, "no gradient"), Fault(2, "no memory"), Fault(3, "no gradient")] }] });
        Assert.Contains("<li><strong>deepfool</strong> at epochs 1, 3: no gradient</li><li><strong>deepfool</strong> at epoch 2: no memory</li>", page);
    }

    [Fact]
    public void ACellThatRunsShowsHowFarItIsAndItsTerminalPhase()
    {
        var record = new SyntheticRun().Record();
        record = record with { Cells = [record.Cells[0] with { Result = null, Epochs = [.. record.Cells[0].Epochs.Take(30)] }, .. record.Cells.Skip(1)] };
        var page = Write(record);
        Assert.Contains("epoch 30 of 60: loss", page);
        Assert.Contains("eval mode: epoch 22; exact zero error: epoch 25", page);
        Assert.Equal(22, Island.Of(page).GetProperty("cells")[0].GetProperty("terminal").GetInt32());
    }

    [Fact]
    public void UntunedLearningRatesAndNotesOfTheManifestAreSaid()
    {
        var record = new SyntheticRun().Record();
        var said = record.Cells[0].Spec with { Notes = ["cut to 9 epochs"], Training = record.Cells[0].Spec.Training with { LearningRateSource = LearningRateSource.Untuned } };
        var page = Write(record with { Plan = record.Plan with { Cells = [new(record.Cells[0].Key, said), .. record.Plan.Cells.Skip(1)] } });
        Assert.Contains("learning rate 0.05 (untuned)", page);
        Assert.Contains("learning rate 0.05, untuned", page);
        Assert.Contains("cut to 9 epochs", page);
    }

    [Fact]
    public void FewerClassesAndAnotherSizeAreSaid()
    {
        var record = new SyntheticRun().Record();
        var spec = record.Cells[0].Spec;
        var said = spec with { Dataset = spec.Dataset with { Subsample = spec.Dataset.Subsample with { Classes = ClassSelection.Of("3", "5"), ImageSize = 24 } } };
        var page = Write(record with { Plan = record.Plan with { Cells = [new(record.Cells[0].Key, said), .. record.Plan.Cells.Skip(1)] } });
        Assert.Contains("classes 3, 5 only, images resized to 24 pixels", page);
        Assert.Contains("test images of classes 3, 5, resized to 24×24", page);
    }

    [Fact]
    public void ARunOfNothingYetStillMakesAPage()
    {
        var record = new SyntheticRun { Finished = 0 }.Record();
        var page = Write(record with { Environment = null });
        Assert.Contains("nothing to conclude", page);
        Assert.Contains("holds no environment.json yet", page);
    }

    [Fact]
    public void TextStaysText()
    {
        const string Nasty = "</script><script>alert(1)</script><!-- \"'&";
        var record = new SyntheticRun { Architectures = [Nasty], Failures = new Dictionary<int, Outcome> { [0] = Outcome.PluginFault } }.Record();
        record = record with
        {
            Plan = record.Plan with { Name = Nasty, Quantities = [.. record.Plan.Quantities.Select(q => q with { Quantity = q.Quantity with { Series = Nasty, Formula = Nasty } })] },
            Cells = [.. record.Cells.Select(c => c with { Result = c.Result! with { Message = Nasty, LogTail = [Nasty] } })],
        };
        var page = Write(record);
        Assert.DoesNotContain("<script>alert", page);
        Assert.DoesNotContain("<!-- \"", page);
        // The numbers, the quantities, each of two cells, plotly.js and the script.
        Assert.Equal(6, Scripts().Count(page));
    }

    [Fact]
    public void TheIslandIsJsonWithHolesForWhatIsNoNumber()
    {
        var record = new SyntheticRun().Record();
        record = record with { Cells = [.. record.Cells.Select(c => c with { Measurements = [.. c.Measurements.Select(m => m with { Value = m.Epoch == 1 ? double.NaN : 1.23456789 })] })] };
        var y = Island.Of(Write(record)).GetProperty("cells")[0].GetProperty("curves").GetProperty("neural-collapse/nc1, train").GetProperty("y");
        Assert.Equal(JsonValueKind.Null, y[0].ValueKind);
        Assert.Equal("1.23457", y[1].GetRawText());
    }

    [Fact]
    public void WhatDiffersFromThePapersProtocolStandsBesideItsNumbers()
    {
        var page = Write(new SyntheticRun().Record());
        Assert.Contains("99.32 → 99.71†", page);
        var accuracy = SyntheticRun.Value("generalization/accuracy", Split.Test, 60, 1);
        Assert.Contains(FormattableString.Invariant($"<td class=\"number\">−{100 * (0.9971 - accuracy):F2}</td>"), page);
        Assert.Contains("width 0.25 instead of 1, 500 instead of 5000 training examples a class, 60 instead of 350 epochs", page);
    }

    [Fact]
    public void StemScheduleAndPaddingAreDifferencesToo()
    {
        var record = new SyntheticRun().Record();
        record = Change(record, spec => spec with
        {
            Architecture = spec.Architecture with { Options = new() { ["depth"] = 18, ["stem"] = "imagenet" } },
            Dataset = spec.Dataset with { Subsample = new() { TrainPerClass = 5000 } },
            Training = new() { DecayAt = [0.5, 0.75] },
        });
        Assert.Contains(
            "<td>imagenet stem instead of small, not padded to 32, learning rate decays at 0.5 and 0.75 of the epochs instead of 0.33 and 0.67</td>", Write(record));
        Assert.Contains("<td>nothing known</td>", Write(Change(record, spec => spec with
        {
            Architecture = spec.Architecture with { Options = new() { ["depth"] = 18, ["stem"] = "auto" } },
            Dataset = spec.Dataset with { Subsample = new() { TrainPerClass = 5000, PadTo = 32 } },
            Training = new(),
        }), "second"));
    }

    [Fact]
    public void ACellThatHasNotEndedIsNotSaidToMissTheTerminalPhase()
    {
        var record = new SyntheticRun { Architectures = ["vgg"], Datasets = ["mnist"] }.Record();
        var running = Write(record with { Cells = [record.Cells[0] with { Result = null, Epochs = [] }] });
        Assert.DoesNotContain("not reached</dd>", running);
        var page = Write(record with { Cells = [record.Cells[0] with { Result = record.Cells[0].Result! with { TerminalPhaseEpoch = null }, Epochs = [] }] }, "second");
        Assert.Contains("<dd>not reached</dd>", page);
    }

    [Fact]
    public void AnArrowComparesTheSameSeeds()
    {
        var record = new SyntheticRun { Architectures = ["vgg"], Datasets = ["mnist"], Seeds = 2 }.Record();
        double Accuracy(int epoch) => SyntheticRun.Value("generalization/accuracy", Split.Test, epoch, 0);
        var second = record.Cells[1];
        var page = Write(record with
        {
            Cells =
            [
                record.Cells[0],
                second with { Result = second.Result! with { TerminalPhaseEpoch = null }, Epochs = [], Measurements = [.. second.Measurements.Select(m => m.Id == "generalization/accuracy" ? m with { Value = 0.5 } : m)] },
            ],
        });
        Assert.Contains("<dd>epoch 22, 1 of 2 seeds</dd>", page);
        Assert.Contains($"<dd>{Percent(Accuracy(22))} → {Percent(Accuracy(60))}</dd>", page);

        static string Percent(double share) => (100 * share).ToString("F2", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static RunRecord Change(RunRecord record, Func<CellSpec, CellSpec> change)
    {
        var cells = record.Cells.Select(c => c with { Spec = change(c.Spec) }).ToArray();
        return record with { Cells = cells, Plan = record.Plan with { Cells = [.. cells.Select(c => new PlannedCell(c.Key, c.Spec))] } };
    }

    [GeneratedRegex("<script[ >]")]
    private static partial Regex Scripts();

    private string Write(RunRecord record, string name = "run")
    {
        var folder = new RunFolder(scratch[name]);
        SyntheticRun.Save(record, folder);
        return File.ReadAllText(ReportWriter.Write(folder));
    }
}

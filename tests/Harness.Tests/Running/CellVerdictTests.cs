using Harness.Results;
using Harness.Running;

namespace Harness.Tests.Running;

public class CellVerdictTests
{
    [Theory]
    [InlineData(130, false, Outcome.Cancelled, "stopped")]
    [InlineData(134, false, Outcome.NativeAbort, "signal 6 (SIGABRT)")]
    [InlineData(139, false, Outcome.NativeAbort, "signal 11 (SIGSEGV)")]
    [InlineData(143, false, Outcome.Cancelled, "signal 15 (SIGTERM)")]
    [InlineData(137, true, Outcome.OutOfMemory, "ran out of memory")]
    [InlineData(0, false, Outcome.Failed, "exit code 0 before the cell was done")]
    [InlineData(255, false, Outcome.Failed, "exit code 255")]
    public void AnExitCodeSaysHowItEnded(int exitCode, bool memoryRanOut, Outcome outcome, string words)
    {
        var verdict = CellVerdict.Of(exitCode, stopped: false, judgement: null, memoryRanOut, lastWords: null);
        Assert.Equal(outcome, verdict.Outcome);
        Assert.Contains(words, verdict.Message);
    }

    [Fact]
    public void AKillWithoutEvidenceOfWantIsNoWantOfMemory()
    {
        var verdict = CellVerdict.Of(137, stopped: false, judgement: null, memoryRanOut: false, lastWords: null);
        Assert.Equal(Outcome.Cancelled, verdict.Outcome);
        Assert.Contains("from outside by signal 9 (SIGKILL)", verdict.Message);
    }

    [Fact]
    public void WhatTheParentJudgedStands() =>
        Assert.Equal((Outcome.Stalled, "hung"), CellVerdict.Of(137, stopped: true, new(Outcome.Stalled, "hung", AtOnce: true), memoryRanOut: true, lastWords: null));

    [Fact]
    public void WhatAChildRefusesIsItsLastLine() =>
        Assert.Equal((Outcome.Failed, "No libtorch."), CellVerdict.Of(ExitCode.NothingRan, stopped: false, judgement: null, memoryRanOut: false, "No libtorch."));

    [Fact]
    public void TheKernelsCountIsReadInEveryOfItsFiles()
    {
        Assert.Equal(3, OomKills.Parse(["nr_free_pages 5", "oom_kill 3", "oom_kill_x 9"]));          // /proc/vmstat
        Assert.Equal(2, OomKills.Parse(["low 0", "oom 4", "oom_kill 2", "oom_group_kill 0"]));      // memory.events
        Assert.Equal(1, OomKills.Parse(["oom_kill_disable 0", "under_oom 0", "oom_kill 1"]));       // memory.oom_control
        Assert.Equal(0, OomKills.Parse([]));
    }
}

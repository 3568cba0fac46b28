using Harness.Results;
using Harness.Watching;
using Microsoft.Extensions.Logging;
using Testing;

namespace Harness.Tests.Watching;

public sealed class RunNotificationTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly SaidLog log = new();
    private readonly RunRecord record = new SyntheticRun { Finished = 2, Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged } }.Record();
    private readonly RunFolder folder;

    public RunNotificationTests()
    {
        folder = new(scratch["run"]);
        SyntheticRun.Save(record, folder);
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task TheFirstFailureAndTheEndAreToldWithTheFacts()
    {
        var notification = Notification($"echo \"$HARNESS_EVENT|$HARNESS_NAME|$HARNESS_CELLS|$HARNESS_DONE|$HARNESS_FAILED|$HARNESS_CELL|$HARNESS_OUTCOME|$HARNESS_EXIT_CODE|$HARNESS_REPORT|$HARNESS_MESSAGE\" >> '{scratch["told"]}'");
        notification.Ended(record.Plan.Cells[0], new() { Outcome = Outcome.Done, Epochs = 60 });
        notification.Ended(record.Plan.Cells[0], new() { Outcome = Outcome.Cancelled, Epochs = 6 });
        notification.Ended(record.Plan.Cells[1], new() { Outcome = Outcome.OutOfMemory, Epochs = 6, Message = "No 'room' $HOME left." });
        notification.Ended(record.Plan.Cells[2], new() { Outcome = Outcome.Diverged, Epochs = 6 });
        await notification.EndAsync(1);
        Assert.Equal(
            [
                $"failure|synthetic|6|1|1|resnet18/mnist/0|out-of-memory||{folder.ReportPath}|resnet18/mnist/0: out of memory after epoch 6. No 'room' $HOME left.",
                $"end|synthetic|6|1|1|||1|{folder.ReportPath}|synthetic: 1 done, 1 failed, 4 waiting",
            ],
            File.ReadAllLines(scratch["told"]));
        Assert.Empty(log.Said);
    }

    [Fact]
    public async Task ACommandThatFailsIsAWarningWithItsLastWords()
    {
        await Notification("echo 'no such host' >&2; exit 7").EndAsync(0);
        var said = Assert.Single(log.Said);
        Assert.Contains("exit code 7", said);
        Assert.Contains("no such host", said);
    }

    [Fact]
    public async Task ACommandThatHangsIsEndedWithAWarning()
    {
        await Notification($"echo $$ > '{scratch["id"]}'; sleep 600", TimeSpan.FromMilliseconds(300)).EndAsync(0);
        Assert.Contains("took longer than", Assert.Single(log.Said));
    }

    [Fact]
    public async Task ACommandThatReadsAndWritesALotDoesNotHang()
    {
        await Notification($"cat; seq 1 200000; echo done > '{scratch["done"]}'").EndAsync(0);
        Assert.True(File.Exists(scratch["done"]));
        Assert.Empty(log.Said);
    }

    private RunNotification Notification(string command, TimeSpan? patience = null) =>
        new(command, folder, () => RunStatus.Of(folder), patience ?? TimeSpan.FromMinutes(1), log);

    private sealed class SaidLog : ILogger
    {
        public List<string> Said { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));
    }
}

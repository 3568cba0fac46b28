using System.Diagnostics;
using System.Globalization;
using Harness.Results;
using Harness.Running;
using Harness.Training;
using Microsoft.Extensions.Logging;

namespace Harness.Watching;

/// <summary>
/// Runs the user's command at the first failure of a cell and at the end of the run, with the facts in its environment. Nothing waits for it but the end, and not
/// for long; where it fails, the log says so and that is all.
/// </summary>
/// <param name="command">For the shell.</param>
/// <param name="folder">The run's folder.</param>
/// <param name="status">How the run stands.</param>
/// <param name="patience">How long it may take; then it is killed.</param>
/// <param name="log">Where its failure is said.</param>
public sealed class RunNotification(string command, RunFolder folder, Func<RunStatus> status, TimeSpan patience, ILogger log) : IRunObserver
{
    private Task? first;

    /// <inheritdoc/>
    public void Started(PlannedCell cell, string device)
    {
    }

    /// <inheritdoc/>
    public void Heard(PlannedCell cell, CellMessage message)
    {
    }

    /// <inheritdoc/>
    public void Retried(PlannedCell cell, CellResult failed, bool alone)
    {
    }

    /// <inheritdoc/>
    public void Estimated(RunEstimate estimate)
    {
    }

    /// <inheritdoc/>
    public void Ended(PlannedCell cell, CellResult result)
    {
        if (first is not null || result.Outcome is Outcome.Done or Outcome.Cancelled) return;
        first = RunAsync("failure", $"{cell.Spec.Name}: {Json.Name(result.Outcome).Replace('-', ' ')} after epoch {result.Epochs}. {result.Message}", new()
        {
            ["HARNESS_CELL"] = cell.Spec.Name,
            ["HARNESS_OUTCOME"] = Json.Name(result.Outcome),
        });
    }

    /// <summary>Tells of the end, when the report is written.</summary>
    /// <param name="exitCode">What the harness ends with.</param>
    public async Task EndAsync(int exitCode)
    {
        if (first is not null) await first;
        await RunAsync("end", StatusTable.Summary(status()), new() { ["HARNESS_EXIT_CODE"] = exitCode.ToString(CultureInfo.InvariantCulture) });
    }

    private async Task RunAsync(string happened, string message, Dictionary<string, string> facts)
    {
        var now = status();
        var info = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in facts) info.Environment[name] = value;
        info.Environment["HARNESS_EVENT"] = happened;
        info.Environment["HARNESS_MESSAGE"] = message;
        info.Environment["HARNESS_NAME"] = now.Name;
        info.Environment["HARNESS_RUN"] = folder.Path;
        info.Environment["HARNESS_REPORT"] = folder.ReportPath;
        info.Environment["HARNESS_CELLS"] = now.Cells.Count.ToString(CultureInfo.InvariantCulture);
        info.Environment["HARNESS_DONE"] = now.Count(CellState.Done).ToString(CultureInfo.InvariantCulture);
        info.Environment["HARNESS_FAILED"] = now.Count(CellState.Failed).ToString(CultureInfo.InvariantCulture);
        try
        {
            await RunAsync(info);
        }
        catch (Exception e)
        {
            // Whatever it is: the user's command is none of the run's.
            log.LogWarning("--notify '{Command}' cannot be run: {Reason}", command, e.Message);
        }
    }

    private async Task RunAsync(ProcessStartInfo info)
    {
        using var process = new Process { StartInfo = info };
        string? lastWords = null;
        process.OutputDataReceived += (_, _) => { }; // what nobody reads would block it
        process.ErrorDataReceived += (_, line) => lastWords = line.Data ?? lastWords;
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var late = new CancellationTokenSource(patience);
        try
        {
            await process.WaitForExitAsync(late.Token);
            if (process.ExitCode != 0) log.LogWarning("--notify '{Command}' ended with exit code {ExitCode}. {LastWords}", command, process.ExitCode, lastWords);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            log.LogWarning("--notify '{Command}' took longer than {Seconds} s and was ended", command, patience.TotalSeconds);
        }
    }
}

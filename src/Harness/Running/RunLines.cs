using Harness.Results;
using Harness.Training;
using Microsoft.Extensions.Logging;

namespace Harness.Running;

/// <summary>A run told in lines of a log: each cell's start and end, and how far it is every few seconds.</summary>
/// <param name="log">Where they go.</param>
public sealed class RunLines(ILogger log) : IRunObserver
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, TimeSpan> lastLine = [];
    private readonly HashSet<string> terminal = [];

    /// <inheritdoc/>
    public void Started(PlannedCell cell, string device) => log.LogInformation("{Cell}: starts", cell.Spec.Name);

    /// <inheritdoc/>
    public void Heard(PlannedCell cell, CellMessage message)
    {
        switch (message)
        {
            case CellMessage.Started { Epoch: > 0 } started:
                log.LogInformation("{Cell}: goes on after epoch {Epoch}", cell.Spec.Name, started.Epoch);
                break;
            case CellMessage.Measured { TerminalPhaseEpoch: { } epoch } when terminal.Add(cell.Key):
                log.LogInformation("{Cell}: terminal phase since epoch {Epoch}", cell.Spec.Name, epoch);
                break;
            case CellMessage.Trained trained when IsTime(cell):
                log.LogInformation("{Cell}: epoch {Epoch}/{Epochs}, loss {Loss:g3}, training error {Error:p1}, {Speed:f0} images/s",
                    cell.Spec.Name, trained.Epoch, cell.Spec.Training.Epochs, trained.Loss, trained.Error, trained.ImagesPerSecond);
                break;
        }
    }

    /// <inheritdoc/>
    public void Retried(PlannedCell cell, CellResult failed, bool alone) => log.LogWarning(
        "{Cell}: {Outcome} after epoch {Epoch}, and is tried again{Alone}. {Message}",
        cell.Spec.Name, failed.Outcome, failed.Epochs, alone ? " with nothing beside it on its device" : "", failed.Message);

    /// <inheritdoc/>
    public void Estimated(RunEstimate estimate)
    {
    }

    /// <inheritdoc/>
    public void Ended(PlannedCell cell, CellResult result)
    {
        if (result.Outcome is Outcome.Done)
            log.LogInformation("{Cell}: done, {Phase}", cell.Spec.Name, result.TerminalPhaseEpoch is { } e ? $"terminal phase from epoch {e}" : "terminal phase not reached");
        else if (result.Outcome is Outcome.Cancelled) log.LogWarning("{Cell}: stopped after epoch {Epoch}", cell.Spec.Name, result.Epochs);
        else log.LogError("{Cell}: {Outcome} after epoch {Epoch}. {Message}", cell.Spec.Name, Json.Name(result.Outcome), result.Epochs, result.Message);
    }

    private bool IsTime(PlannedCell cell)
    {
        var now = TimeSpan.FromMilliseconds(Environment.TickCount64);
        if (lastLine.TryGetValue(cell.Key, out var last) && now - last <= BetweenLines) return false;
        lastLine[cell.Key] = now;
        return true;
    }
}

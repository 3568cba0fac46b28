using System.Diagnostics;
using System.Text.Json;
using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>Runs <see cref="Preflight"/> in a child process. Whoever waits for one of its stages need not wait for the next.</summary>
public sealed class PreflightProcess : IAsyncDisposable
{
    private readonly Dictionary<PreflightStage, TaskCompletionSource<IReadOnlyList<PreflightFinding>>> stages =
        Enum.GetValues<PreflightStage>().ToDictionary(stage => stage, _ => new TaskCompletionSource<IReadOnlyList<PreflightFinding>>(TaskCreationOptions.RunContinuationsAsynchronously));

    private readonly List<PreflightFinding> findings = [];
    private readonly PreflightTask task;
    private readonly CancellationTokenSource stopping;
    private readonly Task running;

    /// <summary>Starts the child.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="threads">Its threads.</param>
    /// <param name="task">What it is to do.</param>
    /// <param name="stop">Ends it.</param>
    public PreflightProcess(ChildSettings settings, int threads, PreflightTask task, CancellationToken stop)
    {
        this.task = task;
        stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        running = RunAsync(Process.Start(HarnessProcess.StartInfo(["preflight", $"--threads={threads}", .. settings.Arguments()], ChildSettings.Environment(threads)))!);
    }

    /// <summary>Does something to its end.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="task">What.</param>
    /// <param name="stop">Ends the child.</param>
    /// <returns>As <see cref="Until"/>.</returns>
    public static async Task<IReadOnlyList<PreflightFinding>> RunAsync(ChildSettings settings, PreflightTask task, CancellationToken stop)
    {
        await using var process = new PreflightProcess(settings, threads: 1, task, stop);
        await process.running;
        return await process.Until(PreflightStage.Time);
    }

    /// <summary>All that is found by the end of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>The findings; where the child died in it, its last words as a fault of the cells whose networks were not yet spoken of.</returns>
    public Task<IReadOnlyList<PreflightFinding>> Until(PreflightStage stage) => stages[stage].Task;

    /// <summary>Ends the child, where it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
    }

    private async Task RunAsync(Process process)
    {
        using var disposed = process;
        await using var kill = stopping.Token.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(task, Json.Line).AsMemory(), CancellationToken.None);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died before it read: its exit code and its last words say why.
        }

        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            if (PreflightFinding.FromLine(line) is { Ended: { } ended }) stages[ended].TrySetResult([.. findings]);
            else if (PreflightFinding.FromLine(line) is { } finding) findings.Add(finding);
        await process.WaitForExitAsync(CancellationToken.None);

        if (process.ExitCode != ExitCode.Done)
        {
            var spoken = findings.Where(f => f.Parameters is not null || f.NetworkFault is not null).SelectMany(f => f.Cells).ToHashSet();
            findings.Add(new()
            {
                Cells = [.. task.Cells.Select(c => c.Name).Where(c => !spoken.Contains(c))],
                NetworkFault = $"The check ended with exit code {process.ExitCode}. {(await errors).Trim()}",
            });
        }
        foreach (var stage in stages.Values)
            if (stopping.IsCancellationRequested) stage.TrySetCanceled(stopping.Token);
            else stage.TrySetResult([.. findings]);
    }
}

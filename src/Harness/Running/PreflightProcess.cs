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
    private readonly Process process;
    private readonly Task listening;
    private PreflightTask? task;
    private CancellationTokenRegistration kill;
    private bool ended;

    /// <summary>Starts the child, which loads libtorch and the plugins while it is not yet known what it is to do.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="threads">Its threads.</param>
    public PreflightProcess(ChildSettings settings, int threads)
    {
        process = Process.Start(HarnessProcess.StartInfo(["preflight", $"--threads={threads}", .. settings.Arguments()], ChildSettings.Environment(threads)))!;
        listening = ListenAsync();
    }

    /// <summary>Does something to its end.</summary>
    /// <param name="settings">Where things are.</param>
    /// <param name="task">What.</param>
    /// <param name="stop">Ends the child.</param>
    /// <returns>As <see cref="Until"/>.</returns>
    public static async Task<IReadOnlyList<PreflightFinding>> RunAsync(ChildSettings settings, PreflightTask task, CancellationToken stop)
    {
        await using var process = new PreflightProcess(settings, threads: 1);
        await process.BeginAsync(task, stop);
        await process.listening;
        return await process.Until(PreflightStage.Time);
    }

    /// <summary>Says what it is to do; once.</summary>
    /// <param name="what">What.</param>
    /// <param name="stop">Ends the child.</param>
    public async Task BeginAsync(PreflightTask what, CancellationToken stop)
    {
        task = what;
        kill = stop.Register(End);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(what, Json.Line).AsMemory(), CancellationToken.None);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died before it read: its exit code and its last words say why.
        }
    }

    /// <summary>All that is found by the end of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>The findings; where the child died in it, its last words as a fault of the cells whose networks were not yet spoken of.</returns>
    public Task<IReadOnlyList<PreflightFinding>> Until(PreflightStage stage) => stages[stage].Task;

    /// <summary>Ends the child, where it has not ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await kill.DisposeAsync();
        End();
        await listening;
        process.Dispose();
    }

    private void End()
    {
        ended = true;
        process.Kill();
    }

    private async Task ListenAsync()
    {
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (PreflightFinding.FromLine(line) is not { } finding) continue;
            if (finding.Ended is { } stage) stages[stage].TrySetResult([.. findings]);
            else findings.Add(finding);
        }
        await process.WaitForExitAsync(CancellationToken.None);
        if (process.ExitCode != ExitCode.Done && !ended)
        {
            var spoken = findings.Where(f => f.Parameters is not null || f.NetworkFault is not null).SelectMany(f => f.Cells).ToHashSet();
            findings.Add(new()
            {
                Cells = [.. (task?.Cells ?? []).Select(c => c.Name).Where(c => !spoken.Contains(c))],
                NetworkFault = $"The check ended with exit code {process.ExitCode}. {(await errors).Trim()}",
            });
        }
        foreach (var stage in stages.Values)
            if (ended) stage.TrySetCanceled(CancellationToken.None);
            else stage.TrySetResult([.. findings]);
    }
}

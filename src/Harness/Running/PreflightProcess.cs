using System.Diagnostics;
using System.Text.Json;
using Harness.Manifests;
using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>Runs <see cref="Preflight"/> in a child process.</summary>
/// <param name="settings">Where things are.</param>
public sealed class PreflightProcess(ChildSettings settings)
{
    /// <summary>Checks cells.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="stop">Ends the child.</param>
    /// <returns>What was found; where the child died, its last words as a fault of the cells not yet spoken of.</returns>
    public Task<IReadOnlyList<PreflightFinding>> CheckAsync(IReadOnlyList<CellSpec> cells, CancellationToken stop) => RunAsync(cells, [], stop);

    /// <summary>Counts what networks cost; looks at no data.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="stop">Ends the child.</param>
    /// <returns>As <see cref="CheckAsync"/>.</returns>
    public Task<IReadOnlyList<PreflightFinding>> CountAsync(IReadOnlyList<CellSpec> cells, CancellationToken stop) => RunAsync(cells, ["--count"], stop);

    private async Task<IReadOnlyList<PreflightFinding>> RunAsync(IReadOnlyList<CellSpec> cells, string[] how, CancellationToken stop)
    {
        using var process = Process.Start(HarnessProcess.StartInfo(["preflight", .. how, .. settings.Arguments()], ChildSettings.Environment(threads: 1)))!;
        await using var kill = stop.Register(process.Kill);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(cells, Json.Line).AsMemory(), CancellationToken.None);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died before it read: its exit code and its last words say why.
        }

        var findings = new List<PreflightFinding>();
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
            if (PreflightFinding.FromLine(line) is { } finding) findings.Add(finding);
        await process.WaitForExitAsync(CancellationToken.None);
        stop.ThrowIfCancellationRequested();

        if (process.ExitCode != ExitCode.Done)
        {
            var spoken = findings.Where(f => f.Parameters is not null || f.NetworkFault is not null).SelectMany(f => f.Cells).ToHashSet();
            findings.Add(new()
            {
                Cells = [.. cells.Select(c => c.Name).Where(c => !spoken.Contains(c))],
                NetworkFault = $"The check ended with exit code {process.ExitCode}. {(await errors).Trim()}",
            });
        }
        return findings;
    }
}

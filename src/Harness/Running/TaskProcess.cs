using System.Diagnostics;

namespace Harness.Running;

/// <summary>A child that is given a task on its standard input and gives its answer on its standard output, so that what needs libtorch is done outside the parent.</summary>
public static class TaskProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="verb">The verb of the child.</param>
    /// <param name="task">The task, one line.</param>
    /// <param name="settings">Where things are.</param>
    /// <param name="threads">Its threads.</param>
    /// <returns>Its exit code (128 + n for signal n), the lines of its answer, and what it said on standard error.</returns>
    public static async Task<(int ExitCode, IReadOnlyList<string> Answer, string Errors)> RunAsync(string verb, string task, ChildSettings settings, int threads)
    {
        using var child = Process.Start(HarnessProcess.StartInfo([verb, $"--threads={threads}", .. settings.Arguments()], ChildSettings.Environment(threads)))!;
        var errors = child.StandardError.ReadToEndAsync();
        try
        {
            // Left open: that it closes is how the child learns that this process is gone.
            await child.StandardInput.WriteLineAsync(task);
            await child.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It died before it read: its exit code and its last words say why.
        }
        var answer = new List<string>();
        while (await child.StandardOutput.ReadLineAsync() is { } line) answer.Add(line);
        await child.WaitForExitAsync();
        return (child.ExitCode, answer, (await errors).Trim());
    }
}

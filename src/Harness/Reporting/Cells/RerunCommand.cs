using Harness.Manifests;
using Harness.Results;

namespace Harness.Reporting.Cells;

/// <summary>The command that runs one cell of a run alone: that of the run, with this cell chosen and a folder of its own.</summary>
internal static class RerunCommand
{
    /// <summary>Options of the run that say nothing of a cell, with whether a value follows.</summary>
    private static readonly Dictionary<string, bool> Dropped = new()
    {
        ["--out"] = true,
        ["--reuse"] = true,
        ["--notify"] = true,
        ["--until"] = true,
        ["--budget"] = true,
        ["--only"] = true,
        ["--plain"] = false,
    };

    /// <summary>The command line, to be given where that of the run was.</summary>
    /// <param name="run">The run's name.</param>
    /// <param name="command">The run's command line as given; null where it is not known.</param>
    /// <param name="cell">The cell.</param>
    public static string Of(string run, string? command, CellSpec cell)
    {
        var kept = new List<string>();
        string[] words = command is null ? ["harness", "run", "manifest.yaml"] : [.. ShellWords.Split(command)];
        for (var i = 0; i < words.Length; i++)
        {
            var name = words[i].Split('=')[0];
            if (!Dropped.TryGetValue(name, out var valued)) kept.Add(words[i]);
            else if (valued && name == words[i]) i++;
        }
        var folder = string.Concat($"{run}-{cell.Name}".Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
        return ShellWords.Join([.. kept, "--only", cell.Name, "--out", $"runs/{folder}"]);
    }
}

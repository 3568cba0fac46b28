using System.Globalization;

namespace Harness.Running;

/// <summary>The kernel's own count of processes it ended for want of memory: the evidence by which a SIGKILL is told from one that somebody sent.</summary>
public static class OomKills
{
    private const string Counter = "oom_kill";

    private static readonly string[] Files = [.. new[] { "/proc/vmstat" }.Concat(ControlGroupFiles()).Where(File.Exists)];

    /// <summary>How many so far, on the machine and in the control groups this process is in; only its rise means something. 0 where nothing can be read.</summary>
    public static long Count() => Files.Sum(Read);

    /// <summary>The counter's value in a file of lines "name value".</summary>
    /// <param name="lines">The lines.</param>
    internal static long Parse(IEnumerable<string> lines) => lines
        .Select(line => line.Split(' '))
        .Where(parts => parts is [Counter, _])
        .Sum(parts => long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0);

    private static long Read(string file)
    {
        try
        {
            return Parse(File.ReadLines(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // "0::/user.slice/..." names the group of version 2, "7:memory:/..." that of version 1.
    private static IEnumerable<string> ControlGroupFiles()
    {
        const string Groups = "/proc/self/cgroup";
        if (!File.Exists(Groups)) yield break;
        foreach (var parts in File.ReadAllLines(Groups).Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3))
        {
            if (parts[1].Length == 0) yield return $"/sys/fs/cgroup{parts[2].TrimEnd('/')}/memory.events";
            else if (parts[1].Split(',').Contains("memory")) yield return $"/sys/fs/cgroup/memory{parts[2].TrimEnd('/')}/memory.oom_control";
        }
    }
}

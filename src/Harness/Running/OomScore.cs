namespace Harness.Running;

/// <summary>Where Linux runs out of memory it ends the process with the highest score.</summary>
public static class OomScore
{
    private const string Adjustment = "/proc/self/oom_score_adj";

    /// <summary>Half of the memory on top: a cell goes before its parent and before whatever else runs, and the night goes on.</summary>
    private const string BeforeOthers = "500";

    /// <summary>Has this process taken before others. Best effort: it is a hint, and elsewhere than on Linux there is none.</summary>
    public static void Raise()
    {
        try
        {
            if (OperatingSystem.IsLinux()) File.WriteAllText(Adjustment, BeforeOthers);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sandbox may refuse it; then the kernel chooses by size alone, which takes the cell as well.
        }
    }
}

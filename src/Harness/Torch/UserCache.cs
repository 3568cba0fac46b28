namespace Harness.Torch;

/// <summary>Where the harness keeps what it can make again: <c>$XDG_CACHE_HOME/harness</c>, else <c>~/.cache/harness</c>.</summary>
public static class UserCache
{
    /// <summary>Its full path; need not exist yet.</summary>
    public static string Folder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named && Path.IsPathRooted(named)
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".cache"),
        "harness");
}

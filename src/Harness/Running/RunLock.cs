namespace Harness.Running;

/// <summary>Keeps a second run off a folder. The system lets go of it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    /// <summary>What the system says of a file that another process holds: EAGAIN on Linux, a sharing violation on Windows.</summary>
    private static readonly int HeldByAnother = OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : 11;

    private const string Name = ".lock";

    private readonly FileStream stream;

    private RunLock(FileStream stream) => this.stream = stream;

    /// <summary>Whether a run has ever taken the lock of a folder: one that was killed before it wrote its plan has left nothing else to know it by.</summary>
    /// <param name="folder">The run folder; need not exist.</param>
    public static bool WasTaken(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The run folder; must exist.</param>
    /// <returns>The lock, or null where another run has it.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static RunLock? TryTake(string folder)
    {
        try
        {
            return new(new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == HeldByAnother)
        {
            return null;
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => stream.Dispose();
}

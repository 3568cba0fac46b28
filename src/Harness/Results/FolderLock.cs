namespace Harness.Results;

/// <summary>
/// Keeps a second process off a folder: a second run off a run's, a second child off a cell's. The system lets go of it when the process ends, however it ends.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>What the system says of a file that another process holds: EAGAIN on Linux, a sharing violation on Windows.</summary>
    private static readonly int HeldByAnother = OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : 11;

    private const string Name = ".lock";

    private readonly FileStream stream;

    private FolderLock(FileStream stream) => this.stream = stream;

    /// <summary>Whether the lock of a folder was ever taken: a run that was killed before it wrote its plan has left nothing else to know it by.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    public static bool WasTaken(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>Whether another process holds the lock of a folder. Asking keeps nobody from taking it, and may be done on a folder that cannot be written to.</summary>
    /// <param name="folder">The folder; need not exist.</param>
    public static bool IsHeld(string folder)
    {
        try
        {
            // Opened to share, it is refused while another has the file for itself.
            using var asked = new FileStream(Path.Combine(folder, Name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException e) when (e.HResult == HeldByAnother)
        {
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The folder; must exist.</param>
    /// <returns>The lock, or null where another process has it.</returns>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static FolderLock? TryTake(string folder)
    {
        while (true)
            try
            {
                return new(new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (e.HResult == HeldByAnother)
            {
                if (IsHeld(folder)) return null;
                // Somebody only asks, and shares the file for that moment.
                Thread.Yield();
            }
    }

    /// <summary>Takes the lock, waiting for another process to end: the child of a run that was killed may still be at its last epoch.</summary>
    /// <param name="folder">The folder; must exist.</param>
    /// <param name="patience">How long to wait.</param>
    /// <exception cref="IOException">It was not to be had in that time.</exception>
    public static FolderLock Take(string folder, TimeSpan patience)
    {
        var until = TimeSpan.FromMilliseconds(Environment.TickCount64) + patience;
        while (true)
        {
            if (TryTake(folder) is { } taken) return taken;
            if (TimeSpan.FromMilliseconds(Environment.TickCount64) > until)
                throw new IOException($"{folder} is in use by another process, and was for {patience.TotalMinutes:f0} minutes: end the other run, then start this one again.");
            Thread.Sleep(BetweenTries);
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => stream.Dispose();
}

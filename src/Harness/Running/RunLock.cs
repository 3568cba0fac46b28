namespace Harness.Running;

/// <summary>Keeps a second run off a folder. The system lets go of it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream stream;

    private RunLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock.</summary>
    /// <param name="folder">The run folder; must exist.</param>
    /// <returns>The lock, or null where another run has it.</returns>
    public static RunLock? TryTake(string folder)
    {
        try
        {
            return new(new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => stream.Dispose();
}

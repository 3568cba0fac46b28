namespace Harness.Fetching;

/// <summary>Refuses what would fill the disk before it does.</summary>
/// <param name="available">Free bytes of the disk that holds a folder.</param>
public sealed class FreeSpace(Func<string, long> available)
{
    // What is left for others, and for what the file system itself needs.
    private const long Spare = 16 << 20;

    /// <summary>The machine's disks.</summary>
    public static FreeSpace OfTheMachine { get; } = new(folder => new DriveInfo(folder).AvailableFreeSpace);

    /// <summary>Checks that so much more fits.</summary>
    /// <param name="folder">Where; it exists.</param>
    /// <param name="bytes">How much more.</param>
    /// <exception cref="FetchException">It does not.</exception>
    public void Require(string folder, long bytes)
    {
        long free;
        try
        {
            free = available(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system that does not say how much is free finds out when it is full.
            return;
        }
        if (bytes > 0 && free < bytes + Spare)
            throw new FetchException($"{ByteCount.Text(bytes)} are to be fetched into '{folder}', but only {ByteCount.Text(free)} are free there: free some, or name a folder on another disk with --data.");
    }
}

using System.Runtime.InteropServices;

namespace Harness.Results;

/// <summary>Writes files that are whole or not there: never half-written, whatever ends the process or the machine.</summary>
public static partial class AtomicFile
{
    private static int count;

    /// <summary>
    /// Writes a file under a temporary name beside it, flushes it to the disk and renames it into place. Where that fails the old file stays as it was,
    /// no temporary is left, and the exception goes to the caller. Missing folders are created.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content, in any order; need not flush.</param>
    /// <param name="length">Bytes it is going to have where that is known: a disk without room for them is told before anything is written.</param>
    public static void Write(string path, Action<Stream> write, long length = 0)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}-{Interlocked.Increment(ref count)}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, PreallocationSize = length }))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FlushFolder(folder);
    }

    /// <summary>Makes a rename itself survive a power cut. Best effort: Windows needs none, and some network file systems refuse it.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        _ = Sync(descriptor);
        _ = Close(descriptor);
    }

    // .NET opens no folders, so this goes to the C library. Flags 0 are O_RDONLY on every Unix.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}

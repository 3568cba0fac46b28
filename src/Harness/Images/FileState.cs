using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Harness.Images;

/// <summary>What a file system says of a file, by which a change to its content shows: its number, length, and the times to the nanosecond.</summary>
/// <param name="Identity">All of it, as a text.</param>
/// <param name="Changed">When anything about it was changed last. No program can set that time, so a changed file never looks like the one before.</param>
/// <param name="Length">Its bytes.</param>
internal sealed partial record FileState(string Identity, DateTimeOffset Changed, long Length)
{
    private const int CurrentFolder = -100;
    private const uint BasicStates = 0x7ff;
    private const int Size = 256;

    /// <summary>The state of a file, or null where there is no such file, or the system has no statx (Linux has).</summary>
    /// <param name="path">The file.</param>
    public static FileState? Of(string path)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var state = new byte[Size];
        try
        {
            if (Statx(CurrentFolder, path, 0, BasicStates, state) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
        // struct statx, linux/stat.h: stx_ino at 32, stx_size at 40, stx_ctime at 96, stx_mtime at 112 (seconds, then nanoseconds), the device at 136.
        var (inode, length) = (Number(state, 32), Number(state, 40));
        var (changed, nanoseconds) = (Number(state, 96), BinaryPrimitives.ReadUInt32LittleEndian(state.AsSpan(104)));
        var (modified, fraction) = (Number(state, 112), BinaryPrimitives.ReadUInt32LittleEndian(state.AsSpan(120)));
        return new($"{Number(state, 136):x}:{inode:x} {length} {changed}.{nanoseconds:d9} {modified}.{fraction:d9}", DateTimeOffset.FromUnixTimeSeconds(changed), length);
    }

    private static long Number(byte[] state, int at) => BinaryPrimitives.ReadInt64LittleEndian(state.AsSpan(at));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] state);
}

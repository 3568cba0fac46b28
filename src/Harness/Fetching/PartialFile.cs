using System.Text.Json;
using Harness.Results;

namespace Harness.Fetching;

/// <summary>
/// A file on its way: <c>NAME.part</c>, with where it came from in <c>NAME.part.json</c>. Held alone: a second process that wants the same file is refused.
/// Outlives the process, so that the next one continues it.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly string path;
    private readonly FileStream stream;

    private PartialFile(string path, FileStream stream)
    {
        this.path = path;
        this.stream = stream;
        Origin = ReadOrigin();
    }

    /// <summary>Where its bytes came from; null where it has none or nobody knows.</summary>
    public Origin? Origin { get; private set; }

    /// <summary>Bytes there.</summary>
    public long Length => stream.Length;

    /// <summary>The folder it lies in.</summary>
    public string Folder => Path.GetDirectoryName(path)!;

    private string OriginPath => NameOf(path) + ".json";

    /// <summary>What the partial file of a file is called.</summary>
    /// <param name="path">The file.</param>
    public static string NameOf(string path) => path + ".part";

    /// <summary>Whether a file is the partial file of another, or stands beside one.</summary>
    /// <param name="path">The file.</param>
    public static bool IsOne(string path) => path.EndsWith(".part", StringComparison.Ordinal) || path.EndsWith(".part.json", StringComparison.Ordinal);

    /// <summary>Opens what an earlier fetch left, or an empty one. Missing folders are made.</summary>
    /// <param name="path">The file it will be.</param>
    /// <exception cref="FetchException">It is in use, or cannot be written.</exception>
    public static PartialFile Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Unbuffered: what was received is in the system's hands when the process is killed. FileShare.None is the lock.
            return new(path, new FileStream(NameOf(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FetchException($"'{NameOf(path)}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Empties it and notes where the bytes to come are from.</summary>
    public void Begin(Origin origin) => OnDisk(() =>
    {
        Clear();
        AtomicFile.Write(OriginPath, to => JsonSerializer.Serialize(to, origin, Json.Line));
        Origin = origin;
    });

    /// <summary>Adds bytes at its end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        try
        {
            stream.Seek(0, SeekOrigin.End);
            stream.Write(bytes);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // So .NET says that a file is longer than its file system takes (EFBIG): 4 GiB on FAT32.
            throw Unwritable(new IOException("the file system takes no file of that length", e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    /// <summary>Forgets all bytes.</summary>
    public void Clear() => OnDisk(() =>
    {
        stream.SetLength(0);
        File.Delete(OriginPath);
        Origin = null;
    });

    /// <summary>What is wrong with it as the whole file, or null.</summary>
    public Task<string?> FaultAsync(DatasetFile file, CancellationToken stop) => FileCheck.FaultAsync(stream, file, stop);

    /// <summary>Gives it its name. A file that took the name meanwhile is not overwritten.</summary>
    public void TakeName() => OnDisk(() =>
    {
        stream.Flush(flushToDisk: true);
        File.Move(NameOf(path), path, overwrite: false);
        File.Delete(OriginPath);
    });

    /// <summary>Closes it; one without bytes is deleted.</summary>
    public void Dispose()
    {
        if (stream.Length == 0 && !File.Exists(path))
        {
            File.Delete(NameOf(path));
            File.Delete(OriginPath);
        }
        stream.Dispose();
    }

    private Origin? ReadOrigin()
    {
        try
        {
            return JsonSerializer.Deserialize<Origin>(File.ReadAllBytes(OriginPath), Json.Line);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void OnDisk(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(e);
        }
    }

    private FetchException Unwritable(Exception e) =>
        new($"'{NameOf(path)}' cannot be written: {e.Message.TrimEnd('.')}. What was received is kept: mend that, and the same command continues.", e);
}

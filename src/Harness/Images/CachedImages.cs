using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using Harness.Results;

namespace Harness.Images;

/// <summary>Decoded images in a file, mapped into memory: pages are read when they are touched, and are the system's to drop.</summary>
public sealed unsafe class CachedImages : DecodedImages
{
    private readonly string path;
    private readonly CacheHeader header;
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* pixels;

    private CachedImages(string path, CacheHeader header, FileStream file)
    {
        (this.path, this.header) = (path, header);
        map = MemoryMappedFile.CreateFromFile(file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        pixels = start + view.PointerOffset + header.Length;
    }

    /// <inheritdoc/>
    public override ImageShape Shape => header.Shape;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels => header.Labels;

    /// <inheritdoc/>
    public override PixelSums Sums => header.Sums;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)header.Labels.Length, nameof(index));
            var image = new ReadOnlySpan<byte>(pixels + (long)index * Shape.Bytes, Shape.Bytes);
            return XxHash3.HashToUInt64(image) == header.Hashes[index] ? image : throw Damaged(index);
        }
    }

    /// <summary>Opens a cache.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it must be a cache of.</param>
    /// <returns>The images, or null where there is no such file. The caller disposes them.</returns>
    /// <exception cref="InvalidDataException">It is damaged or truncated, or a cache of other images.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CachedImages? Open(string path, CacheKey key)
    {
        FileStream file;
        try
        {
            file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1 << 16);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        try
        {
            return new(path, CacheHeader.Read(file, key.Content), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Decodes images into a file that is whole or not there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What it is a cache of.</param>
    /// <param name="images">The images.</param>
    /// <param name="stop">Looked at now and then.</param>
    /// <exception cref="DatasetException">An image cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, CacheKey key, ChosenImages images, CancellationToken stop)
    {
        var header = new CacheHeader { Key = key.Content, Shape = images.Shape, Labels = images.Labels, Sums = new(images.Shape.Channels), Hashes = new ulong[images.Count] };
        AtomicFile.Write(path, file =>
        {
            file.Position = header.Length;
            images.Decode((first, chunk) =>
            {
                for (var at = 0; at < chunk.Length; at += header.Shape.Bytes)
                {
                    var image = chunk.Slice(at, header.Shape.Bytes);
                    header.Sums.Add(image);
                    header.Hashes[first + at / header.Shape.Bytes] = XxHash3.HashToUInt64(image);
                }
                file.Write(chunk);
            }, stop);
            header.Write(file);
        }, header.FileLength);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }

    // Without the file the next who wants the images decodes them anew.
    private DamagedCacheException Damaged(int index)
    {
        var remedy = "It is deleted; the same command makes it anew.";
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            remedy = $"Delete it; the same command makes it anew. (It cannot be deleted from here: {e.Message})";
        }
        return new($"'{path}', a copy of decoded images, is damaged: image {index} does not have its checksum. {remedy}");
    }
}

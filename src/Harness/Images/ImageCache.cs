using Harness.Results;

namespace Harness.Images;

/// <summary>
/// Decoded images kept in files, so that a data set is decoded once: a folder for each use of a set, and in it the one file that fits the set and its plugin as they
/// are now. Several processes may share it: one decodes, the others wait for it. Where nothing can be written, work goes on without.
/// </summary>
/// <param name="folder">Where it lies; need not exist.</param>
/// <param name="log">Told, in a sentence, what is out of the ordinary.</param>
/// <param name="progress">Told again and again while another process is waited for, which is judged by itself; or null.</param>
public sealed class ImageCache(string folder, Action<string> log, Action? progress = null)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>The cached images of a key.</summary>
    /// <param name="key">Which.</param>
    /// <returns>They, or null where there are none that are whole. The caller disposes them.</returns>
    public CachedImages? Find(CacheKey key) => Find(key, log);

    /// <summary>The images of a key: from the cache, else decoded into it, else, where it cannot be written, into memory.</summary>
    /// <param name="key">Which.</param>
    /// <param name="open">Opens them for decoding; disposed here.</param>
    /// <param name="anew">Whether what is there now is damaged and not to be used.</param>
    /// <param name="stop">Looked at while waiting and decoding.</param>
    /// <returns>The images. The caller disposes them.</returns>
    /// <exception cref="DatasetException">One cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public DecodedImages Get(CacheKey key, Func<ChosenImages> open, bool anew, CancellationToken stop)
    {
        if (!anew && Find(key) is { } found) return found;
        using var building = Take(Path.Combine(folder, key.Use), stop);
        // Another process may have made it meanwhile; of a damaged one all is said.
        if (!anew && building is not null && Find(key, _ => { }) is { } others) return others;
        using var images = open();
        return (building is not null && TryWrite(key, images, stop) ? Find(key) : null) as DecodedImages ?? new BufferedImages(images, stop);
    }

    private CachedImages? Find(CacheKey key, Action<string> say)
    {
        var path = Path.Combine(folder, key.Path);
        try
        {
            return CachedImages.Open(path, key);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            say($"'{path}', a copy of decoded images, cannot be used: {e.Message.TrimEnd('.')}.");
            return null;
        }
    }

    /// <summary>Keeps other processes from decoding the same; null where the folder cannot be written to.</summary>
    private FolderLock? Take(string use, CancellationToken stop)
    {
        try
        {
            Directory.CreateDirectory(use);
            for (var waits = false; ; waits = true)
            {
                if (FolderLock.TryTake(use) is { } taken) return taken;
                if (!waits) log($"Another process decodes the images of '{use}': waiting for it.");
                progress?.Invoke();
                stop.WaitHandle.WaitOne(BetweenLooks);
                stop.ThrowIfCancellationRequested();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"Decoded images are not kept: {e.Message}");
            return null;
        }
    }

    private bool TryWrite(CacheKey key, ChosenImages images, CancellationToken stop)
    {
        var path = Path.Combine(folder, key.Path);
        try
        {
            // Those of the set as it was, and what a crash left behind: nobody else writes here.
            foreach (var other in Directory.GetFiles(Path.GetDirectoryName(path)!))
                if (other != path && Path.GetExtension(other) is CacheKey.Extension or ".tmp") File.Delete(other);
            CachedImages.Write(path, key, images, stop);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log($"Decoded images are not kept: {e.Message}");
            return false;
        }
    }
}

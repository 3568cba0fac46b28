namespace Harness.Fetching;

/// <summary>Fetches what is missing of a data set. Never overwrites, and unpacks nothing: the plugins read what their authors publish.</summary>
/// <param name="files">Fetches one file.</param>
/// <param name="space">Refuses what does not fit.</param>
public sealed class DatasetFetch(FileFetch files, FreeSpace space)
{
    /// <summary>Fetches each file that is not there, in the card's order. One that cannot be had does not keep the others from being fetched.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="root">The user's data folder; made where absent.</param>
    /// <param name="progress">Hears of it, faults included.</param>
    /// <param name="stop">Ends it; what was received is kept.</param>
    /// <returns>Whether every file is there now and is what was published.</returns>
    public async Task<bool> FetchAsync(InstalledDataset set, string root, IFetchProgress progress, CancellationToken stop)
    {
        var whole = true;
        try
        {
            var folder = set.FolderIn(root);
            Directory.CreateDirectory(folder);
            space.Require(folder, DatasetStatus.Of(set, root).BytesToFetch);
        }
        catch (FetchException e)
        {
            progress.Say($"{set.Name}: {e.Message}");
            return false;
        }
        foreach (var file in set.Card.Files)
        {
            var name = $"{set.Name}/{file.Name}";
            try
            {
                var path = set.PathIn(root, file);
                if (File.Exists(path)) whole &= await IsWholeAsync(file, path, name, progress, stop);
                else await FetchAsync(file, path, name, progress, stop);
            }
            catch (FetchException e)
            {
                progress.Say($"{name}: {e.Message}");
                whole = false;
            }
        }
        return whole;
    }

    private static async Task<bool> IsWholeAsync(DatasetFile file, string path, string name, IFetchProgress progress, CancellationToken stop)
    {
        var fault = await FileCheck.FaultAsync(path, file, stop);
        progress.Say(fault is null ? $"{name}: there already." : $"{name}: '{path}' {fault}. It is left as it is: move it away or delete it, and fetch again.");
        return fault is null;
    }

    private async Task FetchAsync(DatasetFile file, string path, string name, IFetchProgress progress, CancellationToken stop)
    {
        progress.Begin(name);
        try
        {
            await files.FetchAsync(file, path, progress, stop);
        }
        finally
        {
            progress.End();
        }
        progress.Say($"{name}: fetched, {ByteCount.Text(new FileInfo(path).Length)}, {(file.Checksum is null ? "no checksum is published" : file.Checksum + " as published")}.");
    }
}

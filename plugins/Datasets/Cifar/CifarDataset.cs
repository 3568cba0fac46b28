namespace Harness.Datasets.Cifar;

/// <summary>CIFAR10 or CIFAR100 from the binary version its authors publish: unpacked, or straight from the archive.</summary>
/// <param name="name">The sub-folder of the data folder: the plugin's name.</param>
/// <param name="card">What the files must hold: shape and counts.</param>
/// <param name="layout">How they lie.</param>
internal sealed class CifarDataset(string name, DatasetCard card, CifarLayout layout)
{
    private IEnumerable<string> AllFiles => layout.TrainFiles.Concat(layout.TestFiles);

    /// <summary>Changes with any byte of the files as they lie.</summary>
    public string Fingerprint(DataRoot data)
    {
        var place = Find(data);
        return FileFingerprint.Of(File.Exists(place) ? [place] : AllFiles.Select(file => Path.Combine(place, file)));
    }

    /// <summary>Reads and checks all files of a split.</summary>
    public ImageSource Open(Split split, DataRoot data)
    {
        var place = Find(data);
        var records = new CifarRecords(card, layout, split);
        var files = layout.FilesOf(split);
        if (File.Exists(place))
        {
            CifarArchive.Read(place, files, LongestArchive, records.Read);
        }
        else
        {
            for (var i = 0; i < files.Count; i++) ReadFile(Path.Combine(place, files[i]), i, records);
        }
        return records.ToImages();
    }

    // Twice what the archive holds, and room for its headers and its few texts.
    private long LongestArchive => 2 * (card.TrainCount + card.TestCount) * (long)(layout.Labels.Count + card.Shape.Bytes) + (1 << 20);

    private static void ReadFile(string path, int file, CifarRecords records)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            records.Read(file, stream, stream.Length, path, $"'{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The folder that holds all files of both splits, else the archive. Unpacked before packed: it is read faster.</summary>
    private string Find(DataRoot data)
    {
        var folder = data.FolderOf(name, card);
        string[] places = [Path.Combine(folder, layout.Folder), folder];
        if (Array.Find(places, place => AllFiles.All(file => File.Exists(Path.Combine(place, file)))) is { } whole) return whole;
        var archive = Path.Combine(folder, layout.Archive);
        if (File.Exists(archive)) return archive;
        if (Array.Find(places, place => AllFiles.Any(file => File.Exists(Path.Combine(place, file)))) is { } part)
        {
            var missing = AllFiles.Where(file => !File.Exists(Path.Combine(part, file)));
            throw new DatasetException(part, $"Folder '{part}' of {card.Title} lacks {string.Join(", ", missing)}. {card.HowToGet}");
        }
        throw new DatasetException(folder, $"Folder '{folder}' of {card.Title} holds neither {layout.Archive} nor the folder {layout.Folder} nor its files. {card.HowToGet}");
    }
}

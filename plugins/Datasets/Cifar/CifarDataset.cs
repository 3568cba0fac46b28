namespace Harness.Datasets.Cifar;

/// <summary>CIFAR10 or CIFAR100 from the binary version its authors publish: unpacked, or straight from the archive.</summary>
/// <param name="name">The sub-folder of the data folder: the plugin's name.</param>
/// <param name="card">What the files must hold: shape and counts.</param>
/// <param name="layout">How they lie.</param>
internal sealed class CifarDataset(string name, DatasetCard card, CifarLayout layout)
{
    /// <summary>Changes with any byte of the files as they lie.</summary>
    public string Fingerprint(DataRoot data) => FileFingerprint.Of(In(data).OnDisk());

    /// <summary>Reads and checks all files of a split.</summary>
    public ImageSource Open(Split split, DataRoot data)
    {
        var records = new CifarRecords(card, layout, split);
        In(data).Read(layout.FilesOf(split), records.Read);
        return records.ToImages();
    }

    // Twice what the archive holds, and room for its headers and its few texts.
    private long LongestArchive => 2 * (card.TrainCount + card.TestCount) * (long)(layout.Labels.Count + card.Shape.Bytes) + (1 << 20);

    private PackedFiles In(DataRoot data) =>
        new(data.FolderOf(name, card), card, layout.Archive, layout.Folder, [.. layout.TrainFiles, .. layout.TestFiles]) { InAnyFolder = true, Longest = LongestArchive };
}

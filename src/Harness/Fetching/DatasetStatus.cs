namespace Harness.Fetching;

/// <summary>What a look at names and lengths tells of a data set's files; nothing is read.</summary>
/// <param name="Presence">How much is there.</param>
/// <param name="BytesToFetch">Bytes still to be fetched, as far as lengths are published.</param>
/// <param name="UnknownLengths">Files still to be fetched whose length is not published.</param>
public sealed record DatasetStatus(Presence Presence, long BytesToFetch, int UnknownLengths)
{
    /// <summary>Looks.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="root">The user's data folder, or null where none is named.</param>
    public static DatasetStatus Of(InstalledDataset set, string? root)
    {
        if (set.NeedsNoFiles) return new(Presence.NoneNeeded, 0, 0);
        var (here, whole, bytes, unknown) = (0, 0, 0L, 0);
        foreach (var file in set.Card.Files)
        {
            var path = root is null ? null : set.PathIn(root, file);
            if (path is not null && File.Exists(path))
            {
                here++;
                if (file.Length is null || new FileInfo(path).Length == file.Length) whole++;
            }
            else if (file.Length is { } length)
            {
                bytes += Math.Max(0, length - Received(path));
            }
            else
            {
                unknown++;
            }
        }
        return new(
            whole > 0 && whole == set.Card.Files.Count ? Presence.Present : here > 0 ? Presence.Partly : HasOthers(set, root) ? Presence.Others : Presence.Absent,
            bytes,
            unknown);
    }

    /// <summary>Bytes to fetch for a table: "11.6 MB", "11.6 MB and 1 file of unknown length", "-".</summary>
    public string ToFetch => (BytesToFetch, UnknownLengths) switch
    {
        (0, 0) => "-",
        (_, 0) => ByteCount.Text(BytesToFetch),
        (0, _) => $"{UnknownLengths} {(UnknownLengths == 1 ? "file" : "files")} of unknown length",
        _ => $"{ByteCount.Text(BytesToFetch)} and {UnknownLengths} {(UnknownLengths == 1 ? "file" : "files")} of unknown length",
    };

    private static long Received(string? path) =>
        path is not null && new FileInfo(PartialFile.NameOf(path)) is { Exists: true } partial ? partial.Length : 0;

    private static bool HasOthers(InstalledDataset set, string? root) =>
        root is not null && Directory.Exists(set.FolderIn(root))
        && Directory.EnumerateFileSystemEntries(set.FolderIn(root)).Any(entry => !PartialFile.IsOne(entry));
}

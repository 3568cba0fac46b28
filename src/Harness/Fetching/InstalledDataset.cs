namespace Harness.Fetching;

/// <summary>A data set plugin with the name its folder bears.</summary>
/// <param name="Name">The plugin's name.</param>
/// <param name="Dataset">An instance with default options.</param>
public sealed record InstalledDataset(string Name, IDataset Dataset)
{
    /// <summary>What the set is.</summary>
    public DatasetCard Card { get; } = Dataset.Card;

    /// <summary>Whether it is made rather than read.</summary>
    public bool NeedsNoFiles => Card.NeedsNoFiles;

    /// <summary>Whether its card says where its files are published.</summary>
    public bool CanBeFetched => Card.Files.Count > 0;

    /// <summary>Its folder.</summary>
    /// <param name="root">The user's data folder.</param>
    public string FolderIn(string root) => Path.Combine(root, Name);

    /// <summary>Where one of its files belongs.</summary>
    /// <param name="root">The user's data folder.</param>
    /// <param name="file">One of the card's files.</param>
    /// <exception cref="FetchException">Its name leads out of the set's folder.</exception>
    public string PathIn(string root, DatasetFile file)
    {
        var folder = Path.GetFullPath(FolderIn(root));
        var path = Path.GetFullPath(Path.Combine(folder, file.Name));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.EndsInDirectorySeparator(path)
            ? path
            : throw new FetchException($"The card of '{Name}' names a file '{file.Name}', which does not lie in its folder: the plugin's author has to mend it.");
    }
}

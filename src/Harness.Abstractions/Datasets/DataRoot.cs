namespace Harness;

/// <summary>The user's data folder: one sub-folder for each data set. Given by <c>--data</c> or <c>HARNESS_DATA</c>.</summary>
/// <param name="Folder">Its full path, or null where the user named none.</param>
public sealed record DataRoot(string? Folder)
{
    /// <summary>The folder of one data set.</summary>
    /// <param name="name">The sub-folder's name: the plugin's.</param>
    /// <param name="card">Its card, whose <see cref="DatasetCard.HowToGet"/> the error ends with.</param>
    /// <exception cref="DatasetException">No data folder was named, or it has no such sub-folder.</exception>
    public string FolderOf(string name, DatasetCard card)
    {
        if (Folder is null) throw new DatasetException("", $"Data set '{name}' needs files: say where they are with --data DIR or HARNESS_DATA=DIR; they are looked for in DIR/{name}. {card.HowToGet}");
        var folder = Path.Combine(Folder, name);
        return Directory.Exists(folder) ? folder : throw new DatasetException(folder, $"Folder '{folder}' of data set '{name}' does not exist. {card.HowToGet}");
    }
}

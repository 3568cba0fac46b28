namespace Harness.Datasets.Decoding;

/// <summary>A folder that holds a folder of images for each class.</summary>
internal static class ClassFolders
{
    /// <summary>Names of the sub-folders, hidden ones left out, in ordinal order.</summary>
    /// <exception cref="DatasetException">The folder cannot be listed.</exception>
    public static IReadOnlyList<string> Names(string folder) =>
        [.. Listing(folder, () => Directory.GetDirectories(folder)).Select(path => Path.GetFileName(path)).Where(IsVisible).Order(StringComparer.Ordinal)];

    /// <summary>The images of some classes: labels in the order of the classes, files in ordinal order of their names.</summary>
    /// <param name="folder">Holds the folders of the classes.</param>
    /// <param name="classes">Names of the class folders; the position is the label.</param>
    /// <param name="extensions">With the dot, in lower case.</param>
    /// <exception cref="DatasetException">A class has no folder or no image.</exception>
    public static IReadOnlyList<ImageFile> Images(string folder, IReadOnlyList<string> classes, IReadOnlyList<string> extensions)
    {
        var images = new List<ImageFile>();
        for (var label = 0; label < classes.Count; label++)
        {
            var own = Path.Combine(folder, classes[label]);
            if (!Directory.Exists(own)) throw new DatasetException(own, $"Folder '{own}' does not exist: class '{classes[label]}' has no images there.");
            var files = Files(own, extensions);
            if (files.Count == 0) throw new DatasetException(own, $"Folder '{own}' holds no image ({string.Join(", ", extensions)}).");
            foreach (var file in files) images.Add(new(file, label));
        }
        return images;
    }

    /// <summary>Images that lie in a folder itself, in ordinal order of their names; hidden files are left out.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="extensions">With the dot, in lower case.</param>
    /// <exception cref="DatasetException">The folder cannot be listed.</exception>
    public static IReadOnlyList<string> Files(string folder, IReadOnlyList<string> extensions)
    {
        var files = Listing(folder, () => Directory.GetFiles(folder)).Where(path => IsVisible(Path.GetFileName(path)) && extensions.Contains(Path.GetExtension(path).ToLowerInvariant())).ToArray();
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string[] Listing(string folder, Func<string[]> list)
    {
        try
        {
            return list();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, $"Folder '{folder}' cannot be listed: {e.Message}", e);
        }
    }

    private static bool IsVisible(string name) => !name.StartsWith('.');
}

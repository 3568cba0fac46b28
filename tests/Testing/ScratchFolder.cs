namespace Testing;

/// <summary>An empty folder of a test's own, deleted with all in it when disposed.</summary>
public sealed class ScratchFolder : IDisposable
{
    /// <summary>Its full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("harness-test-").FullName;

    /// <summary>The full path of something in it.</summary>
    /// <param name="parts">Names of folders and at last of a file or folder.</param>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file, with the folders on its way.</summary>
    /// <param name="text">What it holds.</param>
    /// <param name="parts">Names of folders and at last of the file.</param>
    /// <returns>Its full path.</returns>
    public string Write(string text, params string[] parts)
    {
        var file = this[parts];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Deletes it.</summary>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

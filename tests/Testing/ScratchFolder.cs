namespace Testing;

/// <summary>An empty folder of a test's own, deleted with all that is in it.</summary>
public sealed class ScratchFolder : IDisposable
{
    /// <summary>The folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("harness-test-").FullName;

    /// <summary>A path within it.</summary>
    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

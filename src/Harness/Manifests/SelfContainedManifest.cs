using System.Text;
using Harness.Manifests.Yaml;

namespace Harness.Manifests;

/// <summary>A manifest as a run folder keeps it: all that it says in one file, so that it plans the same when the files it extends are gone or have changed.</summary>
public static class SelfContainedManifest
{
    /// <summary>The manifest itself, byte for byte, where it extends nothing; else what it and those it extends say together.</summary>
    /// <param name="path">The manifest.</param>
    /// <exception cref="ManifestException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        var errors = new ErrorList();
        var bytes = File.ReadAllBytes(path);
        var own = NodeReader.Read(path, Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), errors);
        var whole = ManifestFile.Read(path, errors);
        errors.ThrowIfAny();
        return own!.Find("extends") is null ? bytes : Encoding.UTF8.GetBytes($"# {Path.GetFileName(path)} with what it extends, as one manifest.\n{NodeWriter.Write(whole!)}");
    }
}

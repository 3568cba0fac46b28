using System.Text;

namespace Harness.Manifests.Yaml;

/// <summary>Reads a manifest and those it extends into one mapping.</summary>
internal static class ManifestFile
{
    private const int MaxBytes = 1 << 20;
    private const char ByteOrderMark = '\uFEFF'; // Windows editors begin UTF-8 files with one

    /// <summary>The manifest as if it were one file: 'extends' followed and gone. Null where it cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static MappingNode? Read(string path, ErrorList errors) => Load(path, new(path, 1, 1), [], errors);

    /// <summary>The same for a text at hand; <paramref name="path"/> is what its base manifests are relative to.</summary>
    public static MappingNode? Parse(string path, string text, ErrorList errors) => Extend(path, text, [Path.GetFullPath(path)], errors);

    private static MappingNode? Load(string path, Place place, IReadOnlyList<string> open, ErrorList errors)
    {
        var identity = Path.GetFullPath(path);
        if (open.Contains(identity))
        {
            errors.Add(place, $"{Quoted.Text(path)} extends itself, by way of {string.Join(", ", open.Select(o => Quoted.Text(Path.GetFileName(o))))}");
            return null;
        }
        return Text(path, place, errors) is { } text ? Extend(path, text, [.. open, identity], errors) : null;
    }

    private static MappingNode? Extend(string path, string text, IReadOnlyList<string> open, ErrorList errors)
    {
        if (NodeReader.Read(path, text, errors) is not { } own) return null;
        if (own.Find("extends") is not { Value.IsNull: false } extends) return own.Without("extends");

        var bases = extends.Value is SequenceNode list ? list.Items : [extends.Value];
        MappingNode? merged = null;
        foreach (var node in bases)
        {
            if (node is not ScalarNode { IsNull: false, IsEmpty: false } named || named.Text.Contains('\0'))
            {
                errors.Add(node.Place, $"'extends' wants the path of a manifest or a list of them, not {node.Description}");
                continue;
            }
            // A name is a run's own: inherited, it would send two manifests into one run folder.
            var found = Load(Path.Combine(Path.GetDirectoryName(path) ?? "", named.Text), named.Place, open, errors)?.Without("name");
            if (found is not null) merged = merged is null ? found : NodeMerge.Merge(merged, found);
        }
        return merged is null ? own.Without("extends") : NodeMerge.Merge(merged, own.Without("extends"));
    }

    private static string? Text(string path, Place place, ErrorList errors)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var bytes = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length <= MaxBytes) return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimStart(ByteOrderMark);
            errors.Add(place, $"{Quoted.Text(path)} is larger than {MaxBytes} bytes, which no manifest is");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            errors.Add(place, $"there is no file {Quoted.Text(path)}");
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            errors.Add(place, $"{Quoted.Text(path)} is a folder, not a manifest");
        }
        catch (DecoderFallbackException)
        {
            errors.Add(place, $"{Quoted.Text(path)} is not UTF-8 text");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            errors.Add(place, $"{Quoted.Text(path)} cannot be read: {e.Message}");
        }
        return null;
    }
}

using System.Globalization;

namespace Harness.Datasets.ImageNet;

/// <summary>The classes of the 50,000 validation images where these lie in one folder, from a file that names the WordNet id of each, a line an image.</summary>
internal static class ValidationLabels
{
    /// <summary>Images of the validation split.</summary>
    public const int Count = 50_000;

    private const string Wanted = "a text file of 50,000 lines, line i the WordNet id of ILSVRC2012_val_i, such as synset_labels.txt of TensorFlow's models or ilsvrc2012_val_synset_labels.txt";

    /// <summary>Finds the file and reads it.</summary>
    /// <param name="folder">ImageNet's folder; the file lies there or in its val.</param>
    /// <returns>The WordNet id of each image, the first that of ILSVRC2012_val_00000001.</returns>
    /// <exception cref="DatasetException">There is none, or it is damaged.</exception>
    public static string[] Read(string folder)
    {
        var texts = new[] { folder, Path.Combine(folder, "val") }.SelectMany(place => Directory.GetFiles(place, "*.txt")).Order(StringComparer.Ordinal).ToList();
        // Nine characters and the line's end, which is one or two bytes; the last line may lack it. Other texts about ImageNet have other lengths.
        var path = texts.Find(text => new FileInfo(text).Length is >= 10L * Count - 1 and <= 11L * Count);
        if (path is not null) return Read(path, File.ReadAllLines(path));

        var numbers = texts.Find(text => Path.GetFileName(text) == "ILSVRC2012_validation_ground_truth.txt");
        throw new DatasetException(folder, numbers is null
            ? $"'{Path.Combine(folder, "val")}' holds the validation images without class folders, and nothing says their classes: put {Wanted}, into '{folder}'."
            : $"'{numbers}' gives the classes as the devkit's own numbers, whose order is in its meta.mat and is not read here: put {Wanted}, into '{folder}'.");
    }

    /// <summary>Which image a file is.</summary>
    /// <param name="path">A file named ILSVRC2012_val_00000001.JPEG, to 00050000.</param>
    /// <returns>Its number, from 0.</returns>
    /// <exception cref="DatasetException">It is not named so.</exception>
    public static int NumberOf(string path)
    {
        const string Start = "ILSVRC2012_val_";
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(Start, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Count
            ? number - 1
            : throw new DatasetException(path, $"'{path}' is not named as the validation images are: ILSVRC2012_val_00000001.JPEG to ILSVRC2012_val_00050000.JPEG.");
    }

    private static string[] Read(string path, string[] lines)
    {
        if (lines.Length != Count) throw new DatasetException(path, $"'{path}' has {lines.Length} lines, where the classes of the validation images have {Count}.");
        var known = Synset.All.Select(synset => synset.Id).ToHashSet();
        var wrong = Array.FindIndex(lines, line => !known.Contains(line.TrimEnd()));
        if (wrong >= 0) throw new DatasetException(path, $"'{path}', line {wrong + 1}: '{lines[wrong].TrimEnd()}' is none of ImageNet's 1000 WordNet ids.");
        return Array.ConvertAll(lines, line => line.TrimEnd());
    }
}

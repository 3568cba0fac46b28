using System.Globalization;

namespace Harness.Datasets.ImageNet;

/// <summary>
/// The classes of the 50,000 validation images where these lie in one folder, from a text of a line an image: the WordNet id of each, or, in the devkit's ground truth, the number of
/// each, whose WordNet id is in the devkit's meta.mat.
/// </summary>
internal static class ValidationLabels
{
    /// <summary>Images of the validation split.</summary>
    public const int Count = 50_000;

    /// <summary>Folders beside flat images that hold the devkit.</summary>
    public static readonly IReadOnlyList<string> DevkitFolders = [Devkit, DevkitData];

    private const string GroundTruth = "ILSVRC2012_validation_ground_truth.txt";
    private const string Devkit = "ILSVRC2012_devkit_t12";
    private const string DevkitData = "data";

    // Four digits and the line's end, which is one or two bytes.
    private const int LongestNumber = 6;

    /// <summary>Finds the files and reads them.</summary>
    /// <param name="folder">ImageNet's folder; a text of ids lies there or in its val, the devkit's files there too or in the folders that unpacking it makes.</param>
    /// <returns>The WordNet id of each image, the first that of ILSVRC2012_val_00000001.</returns>
    /// <exception cref="DatasetException">There are none, or they are damaged.</exception>
    public static string[] Read(string folder)
    {
        string[] places = [folder, Path.Combine(folder, "val")];
        try
        {
            var texts = places.SelectMany(place => Directory.GetFiles(place, "*.txt")).Order(StringComparer.Ordinal).ToList();
            // Nine characters and the line's end, which is one or two bytes; the last line may lack it. Other texts about ImageNet have other lengths.
            var path = texts.Find(text => new FileInfo(text).Length is >= 10L * Count - 1 and <= 11L * Count);
            return path is not null ? ReadIds(path) : ReadDevkit(folder, [.. from place in places from inner in new[] { "", DevkitData, Path.Combine(Devkit, DevkitData) } select Path.Combine(place, inner)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(folder, $"The labels of the validation images in '{folder}' cannot be read: {e.Message}", e);
        }
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

    private static string[] ReadIds(string path)
    {
        var lines = Lines(path);
        var known = Synset.All.Select(synset => synset.Id).ToHashSet();
        var wrong = Array.FindIndex(lines, line => !known.Contains(line));
        return wrong < 0 ? lines : throw new DatasetException(path, $"'{path}', line {wrong + 1}: '{lines[wrong]}' is none of ImageNet's 1000 WordNet ids.");
    }

    private static string[] ReadDevkit(string folder, string[] places)
    {
        var truth = Find(places, GroundTruth) ?? throw new DatasetException(folder,
            $"'{Path.Combine(folder, "val")}' holds the validation images without class folders, and nothing says their classes: unpack {Devkit}.tar.gz into '{folder}', "
            + $"or put a text file of {Count:N0} lines there, line i the WordNet id of ILSVRC2012_val_i, such as synset_labels.txt of TensorFlow's models or ilsvrc2012_val_synset_labels.txt.");
        var meta = Find([Path.GetDirectoryName(truth)!, .. places], "meta.mat") ?? throw new DatasetException(truth,
            $"'{truth}' gives the classes as the devkit's own numbers, and the file that says which they are is not there: put meta.mat, which is {Devkit}/data/meta.mat in {Devkit}.tar.gz, beside it.");
        return ReadNumbers(truth, DevkitSynsets.Read(meta));
    }

    private static string[] ReadNumbers(string path, string[] ids)
    {
        var length = new FileInfo(path).Length;
        if (length > LongestNumber * Count) throw new DatasetException(path, $"'{path}' has {length:N0} bytes, where {Count:N0} lines of a number from 1 to {ids.Length} have at most {LongestNumber * Count:N0}.");
        return [.. Lines(path).Select((line, i) => int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= ids.Length
            ? ids[number - 1]
            : throw new DatasetException(path, $"'{path}', line {i + 1}: '{line}' is no number from 1 to {ids.Length}."))];
    }

    private static string[] Lines(string path)
    {
        var lines = File.ReadAllLines(path);
        return lines.Length == Count
            ? Array.ConvertAll(lines, line => line.TrimEnd())
            : throw new DatasetException(path, $"'{path}' has {lines.Length} lines, where the classes of the validation images have {Count}.");
    }

    private static string? Find(IEnumerable<string> places, string name) => places.Select(place => Path.Combine(place, name)).FirstOrDefault(File.Exists);
}

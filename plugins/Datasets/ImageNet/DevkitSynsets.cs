using Harness.Datasets.Matlab;

namespace Harness.Datasets.ImageNet;

/// <summary>The order in which the devkit of ILSVRC2012 numbers the classes: meta.mat, an array of structures <c>synsets</c>, whose numbers 1 to 1000 are the classes and the rest what these are kinds of.</summary>
internal static class DevkitSynsets
{
    private const string Number = "ILSVRC2012_ID";
    private const string Id = "WNID";

    /// <summary>Reads the file.</summary>
    /// <param name="path">A meta.mat.</param>
    /// <returns>The WordNet ids of the classes, the first that of number 1: all 1000, each once.</returns>
    /// <exception cref="DatasetException">It cannot be read, is damaged, or is of another devkit.</exception>
    public static string[] Read(string path) => MatFile.Read(path, file => Read(file, path));

    private static string[] Read(MatFile file, string path)
    {
        while (file.Next() is { } variable)
        {
            if (variable is MatStructures { Name: "synsets" } synsets) return Read(synsets, path);
        }
        throw new DatasetException(path, $"'{path}' holds no structures 'synsets', as the meta.mat of ILSVRC2012's devkit does.");
    }

    private static string[] Read(MatStructures synsets, string path)
    {
        foreach (var due in new[] { Number, Id })
            if (!synsets.Fields.Contains(due)) throw new DatasetException(path, $"'{path}' gives the synsets no field {due}, as the meta.mat of ILSVRC2012's devkit does.");

        var left = Synset.All.Select(synset => synset.Id).ToHashSet();
        var ids = new string[left.Count];
        for (var i = 0L; i < synsets.Count; i++)
        {
            var (number, id) = ReadOne(synsets, i + 1, path);
            if (number > ids.Length) continue;
            if (ids[number - 1] is not null) throw new DatasetException(path, $"'{path}' has two synsets of {Number} {number}.");
            if (!left.Remove(id)) throw new DatasetException(path, $"'{path}' gives {Number} {number} the {Id} '{id}', which is none of ImageNet's 1000 classes or that of another number.");
            ids[number - 1] = id;
        }
        synsets.End();
        var missing = Array.FindIndex(ids, id => id is null);
        return missing < 0 ? ids : throw new DatasetException(path, $"'{path}' gives no {Id} for {Number} {missing + 1}, but all of 1 to {ids.Length} are classes.");
    }

    private static (int Number, string Id) ReadOne(MatStructures synsets, long place, string path)
    {
        var (number, id) = (0, "");
        foreach (var field in synsets.Fields)
        {
            var value = synsets.Next();
            if (field == Number)
            {
                number = value is MatArray { Dimensions: [1, 1] } one && one.ReadNumbers() is [>= 1 and <= int.MaxValue and var whole] && whole == Math.Floor(whole)
                    ? (int)whole
                    : throw new DatasetException(path, $"'{path}', synset {place}: its {Number} is no whole number from 1.");
            }
            else if (field == Id)
            {
                // All ids have a letter and eight digits.
                id = value is MatText { Dimensions: [1, 9] } text
                    ? text.Read()
                    : throw new DatasetException(path, $"'{path}', synset {place}: its {Id} is no text of nine letters, as in {Synset.All[0].Id}.");
            }
        }
        return (number, id);
    }
}

using Datasets.Tests.Matlab;
using Harness.Datasets.ImageNet;

namespace Datasets.Tests.ImageNet;

/// <summary>Makes a meta.mat with the fields of the one in ILSVRC2012's devkit.</summary>
internal static class DevkitWriter
{
    public static readonly string[] Fields = ["ILSVRC2012_ID", "WNID", "words", "gloss", "num_children", "children", "wordnet_height", "num_train_images"];

    /// <summary>The classes in the reverse of their sorted order, so that none has the number that its label would give it.</summary>
    public static List<(double Number, string Id)> Reversed { get; } = [.. Synset.All.Reverse().Select((synset, i) => (i + 1.0, synset.Id))];

    /// <summary>A file of these synsets and two that are no classes, which have children.</summary>
    public static byte[] Meta(MatWriter mat, bool compressed, IEnumerable<(double Number, string Id)> synsets)
    {
        (double, string)[] all = [.. synsets, (1001, "n00001740"), (1002, "n00002137")];
        byte[][] values = [.. all.SelectMany(synset => Values(mat, synset.Item1, synset.Item2))];
        var array = mat.Structures("synsets", [all.Length, 1], Fields, values);
        return mat.File(compressed ? mat.Compressed(array) : array);
    }

    private static byte[][] Values(MatWriter mat, double number, string id) =>
    [
        mat.Doubles("", [1, 1], number),
        mat.Text("", id),
        mat.Text("", "a word, and another"),
        mat.Text("", "café"),
        mat.Bytes("", [1, 1], [(byte)(number > 1000 ? 3 : 0)]),
        number > 1000 ? mat.Doubles("", [1, 3], 1, 2, 3) : mat.Bytes("", [0, 0], []),
        mat.Bytes("", [1, 1], [0]),
        mat.Doubles("", [1, 1], 1300),
    ];
}

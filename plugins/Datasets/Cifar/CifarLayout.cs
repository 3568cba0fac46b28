namespace Harness.Datasets.Cifar;

/// <summary>
/// How one of the two sets lies in its authors' binary version: files of records, each one or two label bytes and then the pixels: all of red,
/// of green, of blue, row by row.
/// </summary>
internal sealed record CifarLayout
{
    /// <summary>The file as published: a gzipped tar.</summary>
    public required string Archive { get; init; }

    /// <summary>The folder that unpacking makes.</summary>
    public required string Folder { get; init; }

    /// <summary>The label bytes a record starts with. The last of them is the class.</summary>
    public required IReadOnlyList<LabelByte> Labels { get; init; }

    /// <summary>Names of the files of the training split, in order. All hold as many records.</summary>
    public required IReadOnlyList<string> TrainFiles { get; init; }

    /// <summary>Names of the files of the test split, in order. All hold as many records.</summary>
    public required IReadOnlyList<string> TestFiles { get; init; }

    /// <summary>Names of the files of a split, in order.</summary>
    public IReadOnlyList<string> FilesOf(Split split) => split == Split.Train ? TrainFiles : TestFiles;
}

/// <summary>One label byte of a record.</summary>
/// <param name="Name">What messages call it: "label", "coarse label".</param>
/// <param name="Classes">It is below this.</param>
internal sealed record LabelByte(string Name, int Classes);

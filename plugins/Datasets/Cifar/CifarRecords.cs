namespace Harness.Datasets.Cifar;

/// <summary>The records of one split, gathered file by file.</summary>
/// <param name="card">How many records there are in all, and the shape of their images.</param>
/// <param name="layout">What a record and the files look like.</param>
/// <param name="split">Which part.</param>
internal sealed class CifarRecords(DatasetCard card, CifarLayout layout, Split split)
{
    private readonly int[] labels = new int[split == Split.Train ? card.TrainCount : card.TestCount];
    private readonly byte[] record = new byte[layout.Labels.Count + card.Shape.Bytes];

    // Taken when the first file has the right length, so that a file of any other costs nothing.
    private byte[]? pixels;

    /// <summary>Reads all records of one file, which must be exactly as many as published.</summary>
    /// <param name="place">Its place among the files of the split.</param>
    /// <param name="file">Open at its start.</param>
    /// <exception cref="DatasetException">It has another length, ends early, or holds a label of no class.</exception>
    public void Read(int place, PackedFile file)
    {
        var count = labels.Length / layout.FilesOf(split).Count;
        CheckLength(count, file);
        pixels ??= new byte[labels.Length * card.Shape.Bytes];
        for (var i = 0; i < count; i++)
        {
            file.Read(record);
            for (var j = 0; j < layout.Labels.Count; j++)
            {
                var label = layout.Labels[j];
                if (record[j] >= label.Classes)
                {
                    throw new DatasetException(file.Path, $"{file.Subject} gives image {i} the {label.Name} {record[j]}, but the {label.Name}s of {card.Title} are 0 to {label.Classes - 1}.");
                }
            }
            labels[place * count + i] = record[layout.Labels.Count - 1];
            record.AsSpan(layout.Labels.Count).CopyTo(pixels.AsSpan((place * count + i) * card.Shape.Bytes));
        }
    }

    /// <summary>The images, once every file of the split was read.</summary>
    public ImagesInMemory ToImages() => new(card.Shape, pixels, labels);

    private void CheckLength(int count, PackedFile file)
    {
        var due = (long)count * record.Length;
        if (file.Length == due) return;
        var (records, rest) = Math.DivRem(file.Length, record.Length);
        throw new DatasetException(file.Path, rest == 0
            ? $"{file.Subject} holds {records:N0} records of {record.Length:N0} bytes, where {count:N0} ({due:N0} bytes) are due."
            : $"{file.Subject} is {file.Length:N0} bytes long, which is no whole number of {record.Length:N0}-byte records; {count:N0} records ({due:N0} bytes) are due.");
    }
}

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
    /// <param name="file">Its place among the files of the split.</param>
    /// <param name="stream">Stands at its content; no more of it is read than its length.</param>
    /// <param name="length">Its length in bytes, as the file system or the archive states it.</param>
    /// <param name="path">The file at fault if it is wrong.</param>
    /// <param name="subject">What messages start with: the path, and the name within an archive.</param>
    /// <exception cref="DatasetException">It has another length, ends early, or holds a label of no class.</exception>
    public void Read(int file, Stream stream, long length, string path, string subject)
    {
        var count = labels.Length / layout.FilesOf(split).Count;
        CheckLength(count, length, path, subject);
        pixels ??= new byte[labels.Length * card.Shape.Bytes];
        for (var i = 0; i < count; i++)
        {
            var read = stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false);
            if (read < record.Length) throw new DatasetException(path, $"{subject} is truncated: it ends within record {i:N0}, where {count:N0} records are due.");
            for (var j = 0; j < layout.Labels.Count; j++)
            {
                var label = layout.Labels[j];
                if (record[j] >= label.Classes)
                {
                    throw new DatasetException(path, $"{subject} gives image {i} the {label.Name} {record[j]}, but the {label.Name}s of {card.Title} are 0 to {label.Classes - 1}.");
                }
            }
            labels[file * count + i] = record[layout.Labels.Count - 1];
            record.AsSpan(layout.Labels.Count).CopyTo(pixels.AsSpan((file * count + i) * card.Shape.Bytes));
        }
    }

    /// <summary>The images, once every file of the split was read.</summary>
    public ImagesInMemory ToImages() => new(card.Shape, pixels, labels);

    private void CheckLength(int count, long length, string path, string subject)
    {
        var due = (long)count * record.Length;
        if (length == due) return;
        var (records, rest) = Math.DivRem(length, record.Length);
        throw new DatasetException(path, rest == 0
            ? $"{subject} holds {records:N0} records of {record.Length:N0} bytes, where {count:N0} ({due:N0} bytes) are due."
            : $"{subject} is {length:N0} bytes long, which is no whole number of {record.Length:N0}-byte records; {count:N0} records ({due:N0} bytes) are due.");
    }
}

using Harness.Datasets.Matlab;

namespace Harness.Datasets.Svhn;

/// <summary>The MAT-file of one split of cropped digits: X, 32 x 32 x 3 x N bytes, and y, N x 1 labels from 1 to 10, where 10 stands for the digit 0.</summary>
internal static class CroppedDigits
{
    private const int Side = 32;
    private const int ZerosLabel = 10;

    /// <summary>Shape of every image.</summary>
    public static readonly ImageShape Shape = new(3, Side, Side);

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="count">Images it must hold.</param>
    /// <exception cref="DatasetException">It cannot be read, is damaged, or holds anything else.</exception>
    public static ImagesInMemory Read(string path, int count) => MatFile.Read(path, file => ReadArrays(file, path, count));

    private static ImagesInMemory ReadArrays(MatFile file, string path, int count)
    {
        byte[]? pixels = null;
        int[]? labels = null;
        while (file.Next() is { } variable)
        {
            if (variable is not MatArray array) continue;
            switch (array.Name)
            {
                case "X" when pixels is null:
                    Check(array, path, [Side, Side, Shape.Channels, count]);
                    pixels = Pixels(array, path, count);
                    break;
                case "y" when labels is null:
                    Check(array, path, [count, 1]);
                    labels = Labels(array, path);
                    break;
                case "X" or "y":
                    throw new DatasetException(path, $"'{path}' holds two arrays {array.Name}, where one is due.");
            }
        }
        return pixels is not null && labels is not null
            ? new(Shape, pixels, labels)
            : throw new DatasetException(path, $"'{path}' holds no array {(pixels is null ? "X of images" : "y of labels")}.");
    }

    private static void Check(MatArray array, string path, int[] due)
    {
        if (!array.Dimensions.SequenceEqual(due))
            throw new DatasetException(path, $"'{path}' holds {array.Name} of {string.Join(" x ", array.Dimensions)}, where this file of SVHN has {string.Join(" x ", due)}.");
    }

    private static byte[] Pixels(MatArray array, string path, int count)
    {
        if (array.StoredAs != MatNumber.UInt8) throw new DatasetException(path, $"'{path}' stores X as {array.StoredAs}, where pixels are {MatNumber.UInt8}.");
        var pixels = GC.AllocateUninitializedArray<byte>(checked(count * Shape.Bytes));
        // An image at a time: its planes are turned while they are in the processor's cache.
        for (var start = 0; start < pixels.Length; start += Shape.Bytes)
        {
            var image = pixels.AsSpan(start, Shape.Bytes);
            array.ReadBytes(image);
            ColumnMajor.ToRowMajor(image, Side);
        }
        return pixels;
    }

    private static int[] Labels(MatArray array, string path)
    {
        var stored = array.ReadNumbers();
        var labels = new int[stored.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            if (stored[i] is not (>= 1 and <= ZerosLabel) || stored[i] != Math.Floor(stored[i]))
                throw new DatasetException(path, $"'{path}' gives image {i} the label {stored[i]}, but the labels of SVHN are 1 to {ZerosLabel}.");
            labels[i] = (int)stored[i] % ZerosLabel;
        }
        return labels;
    }
}

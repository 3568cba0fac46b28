namespace Harness.Datasets.Arrays;

/// <summary>From an array of labels to a list.</summary>
internal static class LabelArray
{
    /// <summary>Converts and checks.</summary>
    /// <param name="array">N or N x 1, of any integer type.</param>
    /// <param name="images">N.</param>
    /// <param name="classes">C.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="DatasetException">Type, shape or a value does not fit.</exception>
    public static int[] Labels(NumericArray array, int images, int classes, string path)
    {
        if (array.IsFloat) throw new DatasetException(path, $"'{path}' holds labels of type {array.Type}; they must be integers.");
        if (array.Shape is not ([_] or [_, 1])) throw new DatasetException(path, $"'{path}' holds labels of {array.Dimensions}, where one for each image is due: a single axis.");
        if (array.Shape[0] != images) throw new DatasetException(path, $"'{path}' holds {array.Shape[0]} labels, and there are {images} images.");
        var labels = new int[images];
        for (var i = 0; i < images; i++)
        {
            var label = array.Integer(i);
            if (label < 0 || label >= classes) throw new DatasetException(path, $"'{path}' gives image {i} the label {label}, but with classCount {classes} labels are 0 to {classes - 1}.");
            labels[i] = (int)label;
        }
        return labels;
    }
}

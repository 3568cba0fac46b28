using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Datasets.Arrays;

/// <summary>Which files hold the images and labels, and what they must hold. Networks are checked before any file is opened, so the shape is said here and the files are held to it.</summary>
public sealed record ArraysOptions
{
    /// <summary>The training split's file.</summary>
    [Description("File of the training images: .npz or .safetensors with the labels in it, or .npy; relative to the data folder or absolute.")]
    [Required]
    public required string Train { get; init; }

    /// <summary>The test split's file.</summary>
    [Description("File of the test images.")]
    [Required]
    public required string Test { get; init; }

    /// <summary>Labels of the training split, or null.</summary>
    [Description("The .npy file of the training labels, where 'train' is a .npy file.")]
    public string? TrainLabels { get; init; }

    /// <summary>Labels of the test split, or null.</summary>
    [Description("The .npy file of the test labels, where 'test' is a .npy file.")]
    public string? TestLabels { get; init; }

    /// <value>images</value>
    [Description("Name of the images' array within a .npz or .safetensors file.")]
    [Required]
    public string Images { get; init; } = "images";

    /// <value>labels</value>
    [Description("Name of the labels' array within a .npz or .safetensors file.")]
    [Required]
    public string Labels { get; init; } = "labels";

    /// <summary>C: labels are 0 to C - 1.</summary>
    [Description("Number of classes; labels are 0 to one less.")]
    [Range(2, 100_000)]
    public required int ClassCount { get; init; }

    /// <summary>Rows of an image.</summary>
    [Description("Height of the images in pixels.")]
    [Range(1, 1024)]
    public required int Height { get; init; }

    /// <summary>Columns of an image.</summary>
    [Description("Width of the images in pixels.")]
    [Range(1, 1024)]
    public required int Width { get; init; }

    /// <value>1</value>
    [Description("1 for grey, 3 for colour.")]
    [AllowedValues(1, 3)]
    public int Channels { get; init; } = 1;

    /// <value>auto</value>
    [Description("Order of the axes after the first: hwc (NumPy, TensorFlow), chw (PyTorch), or auto, which fits the stated shape to the array's.")]
    public ArrayLayout Layout { get; init; } = ArrayLayout.Auto;
}

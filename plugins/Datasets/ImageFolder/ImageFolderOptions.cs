using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Datasets.ImageFolder;

/// <summary>Where the images lie, what their classes are, and how they are brought to one shape.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>The folder.</summary>
    [Description("Folder that holds train/CLASS/* and test/CLASS/* (or val), relative to the data folder or absolute.")]
    [Required]
    public required string Path { get; init; }

    /// <value>224</value>
    [Description("Height and width in pixels: the shorter side is resized to it, the centre is cropped. Images that are such squares already stay as they are.")]
    [Range(1, 1024)]
    public int ImageSize { get; init; } = 224;

    /// <value>3</value>
    [Description("1 for grey, 3 for colour.")]
    [AllowedValues(1, 3)]
    public int Channels { get; init; } = 3;

    /// <summary>The class folders used.</summary>
    [Description("The first so many class folders, in sorted order of their names, or a list of them. Needed, since networks are checked before any file is opened.")]
    public required ClassSelection Classes { get; init; }
}

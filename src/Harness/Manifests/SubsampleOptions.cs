using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Manifests;

/// <summary>The options every data set of a manifest takes beside its plugin's.</summary>
public sealed record SubsampleOptions
{
    /// <value>Null: all of them, or those of the plugin's own option of this name and type.</value>
    [Description("Classes used: the first so many, such as 10, or a list of their names or numbers, such as [cat, dog] or [3, 5]. Labels follow the order of the list.")]
    public ClassSelection? Classes { get; init; }

    /// <value>Null: as they are, or as the plugin's own option of this name and type says.</value>
    [Description("Height and width in pixels to which images are resized: the shorter side (antialiased bilinear), then the centre is cropped.")]
    [Range(1, 1024)]
    public int? ImageSize { get; init; }

    /// <value>Null: all of them.</value>
    [Description("Training images of each class, drawn at random; all of them where absent. The same number for every class, so that the set is balanced.")]
    [Range(1, int.MaxValue)]
    public int? TrainPerClass { get; init; }

    /// <value>Null: all of them.</value>
    [Description("Test images of each class, drawn at random; all of them where absent.")]
    [Range(1, int.MaxValue)]
    public int? TestPerClass { get; init; }

    /// <value>Null: as they are.</value>
    [Description("Height and width in pixels to which images, once resized, are padded with black, centred.")]
    [Range(1, 1024)]
    public int? PadTo { get; init; }

    /// <value>0</value>
    [Description("Seed of the subsample: which images are drawn.")]
    public long SubsampleSeed { get; init; }
}

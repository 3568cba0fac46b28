using Harness.Datasets.Decoding;

namespace Harness.Datasets.ImageNet;

/// <summary>Where the images of ImageNet lie: <c>train/n01440764/*.JPEG</c>, and <c>val</c> the same or flat.</summary>
/// <param name="folder">ImageNet's folder.</param>
/// <param name="classes">WordNet ids of the classes used; the position is the label.</param>
/// <param name="card">The data set's card.</param>
internal sealed class ImageNetFiles(string folder, IReadOnlyList<string> classes, DatasetCard card)
{
    private static readonly string[] Extensions = [".jpeg", ".jpg"];

    /// <summary>Lists a split.</summary>
    /// <exception cref="DatasetException">Folders or the labels of flat validation images are missing.</exception>
    public IReadOnlyList<ImageFile> Of(Split split)
    {
        var images = Path.Combine(folder, split == Split.Train ? "train" : "val");
        if (!Directory.Exists(images)) throw new DatasetException(images, $"Folder '{images}' of ImageNet does not exist. {card.HowToGet}");
        var present = ClassFolders.Names(images);
        if (split == Split.Test && !present.Except(ValidationLabels.DevkitFolders).Any()) return Flat(images);
        RequireClasses(images, present);
        return ClassFolders.Images(images, classes, Extensions);
    }

    private void RequireClasses(string images, IReadOnlyList<string> present)
    {
        var missing = classes.Except(present).ToList();
        if (missing.Count == 0) return;
        var archive = Path.Combine(images, missing[0] + ".tar");
        if (File.Exists(archive)) throw new DatasetException(archive, $"'{archive}' is still packed: unpack every archive in '{images}' into a folder of its name.");
        var known = present.Intersect(Synset.All.Select(synset => synset.Id)).ToList();
        throw new DatasetException(images, $"Folder '{images}' lacks {missing.Count} of the {classes.Count} classes asked for, the first being {missing[0]}; "
            + (known.Count is 0 or > 100 ? $"it has {known.Count} of ImageNet's." : $"to use those it has, say classes: [{string.Join(", ", known)}]."));
    }

    private List<ImageFile> Flat(string images)
    {
        var files = ClassFolders.Files(images, Extensions);
        if (files.Count == 0) throw new DatasetException(images, $"Folder '{images}' of ImageNet holds neither class folders nor images. {card.HowToGet}");
        var ids = ValidationLabels.Read(folder);
        var labels = classes.Index().ToDictionary(at => at.Item, at => at.Index);
        return [.. from file in files
                   let id = ids[ValidationLabels.NumberOf(file)]
                   where labels.ContainsKey(id)
                   select new ImageFile(file, labels[id])];
    }
}

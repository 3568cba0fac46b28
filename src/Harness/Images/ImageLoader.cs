using Harness.Manifests;
using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Images;

/// <summary>Brings the images of a data set to a cell: subsampled, decoded or from the cache, padded, and their standardisation known.</summary>
/// <param name="dataset">The data set.</param>
/// <param name="use">What a manifest says of it.</param>
/// <param name="pluginHash">SHA-256 over the files of its plugin.</param>
/// <param name="root">The user's data folder.</param>
/// <param name="log">Told, in a sentence, what is out of the ordinary.</param>
/// <param name="progress">Told again and again while images are decoded, here or by another process that is waited for; or null.</param>
public sealed class ImageLoader(IDataset dataset, DatasetUse use, string pluginHash, DataRoot root, Action<string> log, Action? progress = null)
{
    // What needs no files is made as needed: drawing all of glyphs takes half a second.
    private readonly ImageCache? cache = dataset.Card.NeedsNoFiles ? null : new(Path.Combine(root.Folder is null ? UserCache.Folder : Path.Combine(root.Folder, ".cache"), "images"), log, progress);
    private readonly Lazy<string> fingerprint = new(() => dataset.Fingerprint(root));

    /// <summary>Loads one split.</summary>
    /// <param name="split">Which part.</param>
    /// <param name="device">Where its images are wanted.</param>
    /// <param name="placement">Whether all of them lie there.</param>
    /// <param name="stop">Looked at while images are decoded.</param>
    /// <param name="standardisation">The card's constants, else computed from these images before padding.</param>
    /// <returns>The images; the caller disposes them.</returns>
    /// <exception cref="DatasetException">Files are missing or damaged, or hold too few images of a class.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public CellImages Load(Split split, Device device, ImagePlacement placement, CancellationToken stop, out Standardisation standardisation)
    {
        try
        {
            return Place(Decoded(split, anew: false, stop), device, placement, out standardisation);
        }
        catch (DamagedCacheException e)
        {
            log(e.Message);
            return Place(Decoded(split, anew: true, stop), device, placement, out standardisation);
        }
    }

    /// <summary>Finds whatever is wrong with the files of a split and the numbers asked for, without decoding images where that can be done.</summary>
    /// <param name="split">Which part.</param>
    /// <returns>How many images would be used.</returns>
    /// <exception cref="DatasetException">Files are missing or damaged, or hold too few images of a class.</exception>
    public int Check(Split split)
    {
        // Files that were sound when they were decoded and have not changed since are sound.
        using var cached = cache?.Find(Key(split));
        if (cached is not null) return cached.Labels.Count;
        using var images = Choose(split);
        return images.Count;
    }

    /// <summary>The shape after padding: height and width at least <paramref name="padTo"/>.</summary>
    /// <param name="shape">The shape before.</param>
    /// <param name="padTo">Pixels, or null for no padding.</param>
    public static ImageShape PaddedShape(ImageShape shape, int? padTo) =>
        shape with { Height = Math.Max(shape.Height, padTo ?? 0), Width = Math.Max(shape.Width, padTo ?? 0) };

    private DecodedImages Decoded(Split split, bool anew, CancellationToken stop)
    {
        if (cache is not null) return cache.Get(Key(split), () => Choose(split), anew, stop);
        using var images = Choose(split);
        return new BufferedImages(images, stop);
    }

    private CellImages Place(DecodedImages images, Device device, ImagePlacement placement, out Standardisation standardisation)
    {
        standardisation = dataset.Card.Standardisation ?? images.Sums.Standardisation();
        var shape = PaddedShape(images.Shape, use.Subsample.PadTo);
        var streamed = placement == ImagePlacement.Streamed || (placement == ImagePlacement.Auto && !MemoryBudget.Allows((long)images.Labels.Count * shape.Bytes, device));
        if (streamed) return new StreamedImages(images, shape, device);
        using (images) return ResidentImages.Copy(images, shape, device);
    }

    private CacheKey Key(Split split) => CacheKey.Of(use, split, pluginHash, fingerprint.Value);

    private ChosenImages Choose(Split split)
    {
        var source = dataset.Open(split, root);
        var (perClass, purpose) = split == Split.Train ? (use.Subsample.TrainPerClass, "train subsample") : (use.Subsample.TestPerClass, "test subsample");
        try
        {
            return new(source, BalancedSubsample.Choose(source.Labels, dataset.Card.ClassNames.Count, perClass, new Seed((ulong)use.Subsample.SubsampleSeed).Derive(purpose)), progress);
        }
        catch (DatasetException e)
        {
            source.Dispose();
            throw new DatasetException(e.Path, $"{dataset.Card.Title}, {split.ToString().ToLowerInvariant()} images: {e.Message}", e);
        }
    }
}

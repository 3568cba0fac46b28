using System.Runtime.CompilerServices;

namespace Harness.Fetching;

/// <summary>Checks a data set's files against what is published of them, and whether its plugin can open them.</summary>
public static class DatasetVerification
{
    /// <summary>Reads every published file that is there, then opens both splits.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="root">The user's data folder.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>What was found, in order.</returns>
    public static async IAsyncEnumerable<VerificationFinding> VerifyAsync(
        InstalledDataset set, DataRoot root, [EnumeratorCancellation] CancellationToken stop)
    {
        var missing = new List<DatasetFile>();
        foreach (var file in set.Card.Files)
        {
            if (root.Folder is null || !File.Exists(set.PathIn(root.Folder, file)))
            {
                missing.Add(file);
                continue;
            }
            var path = set.PathIn(root.Folder, file);
            var fault = await FileCheck.FaultAsync(path, file, stop);
            yield return fault is null ? new(true, $"{file.Name} is as published.") : new(false, $"'{path}' {fault}: move it away or delete it, and fetch again.");
        }

        var opened = true;
        foreach (var split in Enum.GetValues<Split>())
        {
            stop.ThrowIfCancellationRequested();
            var finding = Open(set, split, root);
            opened &= finding.IsSound;
            yield return finding;
        }

        // A set that opens without them was unpacked, or lies in files of another form that its plugin reads.
        if (missing.Count > 0 && opened) yield return new(true, $"{string.Join(", ", missing.Select(f => f.Name))} {(missing.Count == 1 ? "is" : "are")} not there and not needed: the plugin reads what is.");
        else if (missing.Count > 0) yield return new(false, $"{string.Join(", ", missing.Select(f => f.Name))} {(missing.Count == 1 ? "is" : "are")} not there: get {(missing.Count == 1 ? "it" : "them")} with 'data fetch {set.Name}'.");
    }

    private static VerificationFinding Open(InstalledDataset set, Split split, DataRoot root)
    {
        var name = split == Split.Train ? "training" : "test";
        var expected = split == Split.Train ? set.Card.TrainCount : set.Card.TestCount;
        try
        {
            using var images = set.Dataset.Open(split, root);
            return images.Labels.Count == expected
                ? new(true, $"{expected} {name} images of {images.Shape} open.")
                : new(false, $"{images.Labels.Count} {name} images are there where {expected} are published.");
        }
        catch (DatasetException e)
        {
            return new(false, $"The {name} images do not open: {e.Message}");
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            // Whatever a plugin throws is the plugin's fault and is told as such.
            return new(false, $"The {name} images do not open: the plugin threw {e.GetType().Name}: {e.Message}");
        }
    }
}

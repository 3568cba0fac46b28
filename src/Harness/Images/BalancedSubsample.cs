namespace Harness.Images;

/// <summary>Draws the same number of images of every class, so that the training set is balanced by design.</summary>
public static class BalancedSubsample
{
    /// <summary>Chooses images.</summary>
    /// <param name="labels">The label of every image, in [0, classes).</param>
    /// <param name="classes">Number of classes C.</param>
    /// <param name="perClass">How many of each, or null for all of them.</param>
    /// <param name="seed">Decides which; a class's choice does not depend on the other classes.</param>
    /// <returns>Their indices, rising.</returns>
    /// <exception cref="DatasetException">A class has fewer than <paramref name="perClass"/>, or none at all.</exception>
    public static int[] Choose(IReadOnlyList<int> labels, int classes, int? perClass, Seed seed)
    {
        var members = new List<int>[classes];
        for (var c = 0; c < classes; c++) members[c] = [];
        for (var i = 0; i < labels.Count; i++) members[labels[i]].Add(i);

        var chosen = new List<int>();
        for (var c = 0; c < classes; c++)
        {
            var wanted = perClass ?? members[c].Count;
            if (members[c].Count == 0) throw new DatasetException("", $"Class {c} has no image; every class needs one.");
            if (wanted > members[c].Count) throw new DatasetException("", $"Class {c} has {members[c].Count} images, but {wanted} of each class are asked for.");
            if (wanted == members[c].Count) chosen.AddRange(members[c]);
            else chosen.AddRange(seed.Derive("class", c).Random().Permutation(members[c].Count).Take(wanted).Select(i => members[c][i]));
        }
        chosen.Sort();
        return [.. chosen];
    }
}

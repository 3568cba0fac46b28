namespace Harness.Metrics.NeuralCollapse.Layers;

/// <summary>How far a layer has separated the classes.</summary>
/// <param name="Fuzziness">D = Tr(Σ_W Σ_B⁺); NaN where all means coincide.</param>
/// <param name="TraceRatio">Tr Σ_W / Tr Σ_B.</param>
internal sealed record Separation(double Fuzziness, double TraceRatio)
{
    /// <summary>
    /// Every layer of a split, from two passes of its images: class sums, then deviations from the means, projected on the directions in which the means differ.
    /// No activation is kept.
    /// </summary>
    /// <param name="pass">What runs the network.</param>
    /// <param name="split">Which images.</param>
    /// <param name="classes">C.</param>
    /// <exception cref="InvalidOperationException">A named layer was not shown, or more than once an image.</exception>
    public static IReadOnlyList<Separation> Of(LayerPass pass, Split split, int classes)
    {
        var sums = new Dictionary<string, ClassSums>();
        pass.Run(split, (layer, rows, labels) =>
        {
            if (!sums.TryGetValue(layer, out var sum)) sums.Add(layer, sum = new(classes, rows.shape[1], rows.device));
            sum.Add(rows, labels);
        });
        var images = sums[""].Count;
        foreach (var layer in pass.Layers)
            if (!sums.TryGetValue(layer, out var sum) || sum.Count != images)
                throw new InvalidOperationException($"Layer '{layer}' showed {sum?.Count ?? 0} activations for {images} images; a named layer calls Layer once in a forward pass.");

        var means = sums.ToDictionary(s => s.Key, s => s.Value.Means());
        var directions = means.ToDictionary(m => m.Key, m => MeanDirections.Of(m.Value, m.Value.sub(m.Value.mean([0]))));
        var averages = sums.ToDictionary(s => s.Key, _ => new ClassAverages(classes, 2));
        pass.Run(split, (layer, rows, labels) =>
        {
            var deviations = rows.sub(means[layer].index_select(0, labels));
            averages[layer].Add(labels, deviations.mm(directions[layer].Whitening).square().sum(1), deviations.square().sum(1));
        });
        return [.. pass.Layers.Select(layer => From(directions[layer], averages[layer], classes))];
    }

    private static Separation From(MeanDirections directions, ClassAverages averages, int classes) => new(
        directions.Rank == 0 ? double.NaN : classes * averages.Of(0).Average(),
        averages.Of(1).Average() / (directions.SingularValues.Sum(s => s * s) / classes));
}

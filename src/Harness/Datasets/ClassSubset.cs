namespace Harness.Datasets;

/// <summary>A data set of which only some classes are used, relabelled 0, 1, ... in the order of the selection. The constants of its card stay those of the whole set.</summary>
public sealed class ClassSubset : IDataset
{
    private readonly IDataset whole;
    private readonly IReadOnlyList<int> chosen;

    /// <summary>Touches no file.</summary>
    /// <param name="whole">The set.</param>
    /// <param name="classes">Which classes.</param>
    /// <exception cref="PluginOptionException">The set has no such classes.</exception>
    public ClassSubset(IDataset whole, ClassSelection classes)
    {
        this.whole = whole;
        var card = whole.Card;
        chosen = classes.Choose(card.ClassNames);
        // Images are not counted by class in a card, so that only the files say how many are left.
        Card = chosen.Count == card.ClassNames.Count
            ? card with { ClassNames = [.. chosen.Select(label => card.ClassNames[label])] }
            : card with { ClassNames = [.. chosen.Select(label => card.ClassNames[label])], TrainCount = 0, TestCount = 0 };
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => $"{whole.Fingerprint(data)}; classes {string.Join(' ', chosen)}";

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => new Source(whole.Open(split, data), chosen);

    private sealed class Source : ImageSource
    {
        private readonly ImageSource whole;
        private readonly int[] indices;

        public Source(ImageSource whole, IReadOnlyList<int> chosen)
        {
            this.whole = whole;
            var labels = chosen.Index().ToDictionary(c => c.Item, c => c.Index);
            indices = [.. Enumerable.Range(0, whole.Labels.Count).Where(i => labels.ContainsKey(whole.Labels[i]))];
            Labels = [.. indices.Select(i => labels[whole.Labels[i]])];
        }

        public override ImageShape Shape => whole.Shape;

        public override IReadOnlyList<int> Labels { get; }

        public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
        {
            var wanted = new int[indices.Length];
            for (var i = 0; i < wanted.Length; i++) wanted[i] = this.indices[indices[i]];
            whole.Read(wanted, pixels);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) whole.Dispose();
        }
    }
}

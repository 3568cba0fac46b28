namespace Harness.Training;

/// <summary>A data set whose reading counts as progress: decoding a large one takes hours.</summary>
/// <param name="dataset">The data set.</param>
/// <param name="activity">Told of each chunk of images read.</param>
internal sealed class WatchedDataset(IDataset dataset, CellActivity activity) : IDataset
{
    public DatasetCard Card => dataset.Card;

    public string Fingerprint(DataRoot root) => dataset.Fingerprint(root);

    public ImageSource Open(Split split, DataRoot root) => new WatchedSource(dataset.Open(split, root), activity);

    private sealed class WatchedSource(ImageSource source, CellActivity activity) : ImageSource
    {
        public override ImageShape Shape => source.Shape;

        public override IReadOnlyList<int> Labels => source.Labels;

        public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
        {
            source.Read(indices, pixels);
            activity.Tick();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
        }
    }
}

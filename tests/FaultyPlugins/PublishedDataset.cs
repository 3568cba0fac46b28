using System.Text.Json;
using Harness;

namespace FaultyPlugins;

/// <summary>
/// A data set whose card names whatever files <c>published.json</c> beside the plugin lists: a test writes there the addresses of its own web server. Its images are 1 x 2 x 2, in
/// <c>train.bin</c> and <c>test.bin</c>: a label byte and four pixels each.
/// </summary>
[Plugin("published", Summary = "Published wherever a test says.")]
public sealed class PublishedDataset : IDataset
{
    private const int RecordBytes = 5;

    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <inheritdoc/>
    public DatasetCard Card { get; } = new()
    {
        Title = "Published",
        ClassNames = ["dark", "light"],
        Shape = new(1, 2, 2),
        TrainCount = 40_000,
        TestCount = 2,
        Licence = "Public domain",
        Citation = "Nobody: Nothing. 2026",
        Files = ReadFiles(),
        HowToGet = "Get it with 'data fetch published'.",
    };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => FileFingerprint.Of(new[] { "train.bin", "test.bin" }.Select(file => Path.Combine(data.FolderOf("published", Card), file)));

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data)
    {
        var path = Path.Combine(data.FolderOf("published", Card), split == Split.Train ? "train.bin" : "test.bin");
        if (!File.Exists(path)) throw new DatasetException(path, $"'{path}' does not exist. {Card.HowToGet}");
        var records = File.ReadAllBytes(path).Chunk(RecordBytes).ToList();
        return new ImagesInMemory(Card.Shape, records.SelectMany(record => record[1..]).ToArray(), [.. records.Select(record => (int)record[0])]);
    }

    private static IReadOnlyList<DatasetFile> ReadFiles()
    {
        var list = Path.Combine(Path.GetDirectoryName(typeof(PublishedDataset).Assembly.Location)!, "published.json");
        return File.Exists(list) ? JsonSerializer.Deserialize<List<DatasetFile>>(File.ReadAllText(list), CamelCase)! : [];
    }
}

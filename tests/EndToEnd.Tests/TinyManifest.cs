using Testing;

namespace EndToEnd.Tests;

/// <summary>Manifests of seconds: few glyphs, shallow nets.</summary>
internal static class TinyManifest
{
    /// <summary>The plugins that fail on purpose.</summary>
    public static string FaultyPlugins { get; } =
        Path.Combine(DotnetCommand.RepositoryRoot, "artifacts", "bin", "FaultyPlugins", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    /// <summary>Perceptrons on glyphs.</summary>
    /// <param name="architectures">YAML of the section.</param>
    /// <param name="epochs">How many.</param>
    /// <param name="metrics">YAML of the section.</param>
    /// <param name="datasets">YAML of the section.</param>
    public static string Text(
        string architectures = "{ plain: { use: faulty } }", int epochs = 4, string metrics = "{ neural-collapse: , generalization: , robustness: { images: 10 } }",
        string datasets = "{ glyphs: { trainPerClass: 20, testPerClass: 10 } }") =>
        $"""
        name: tiny
        architectures: {architectures}
        datasets: {datasets}
        training: {"{"} epochs: {epochs}, batchSize: 32, learningRate: 0.1 {"}"}
        measure:
          epochs: papyan2020
          metrics: {metrics}
        """;
}

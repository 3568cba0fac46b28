using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Manifests;

namespace Harness.Reporting.Published;

/// <summary>In what a cell's protocol differs from the paper's, so that a number is never read as a reproduction where it is none.</summary>
internal static class ProtocolDifferences
{
    /// <summary>One clause for each difference, this run's value first: "width 0.25", "500 of 5000 examples a class"; empty where none is known.</summary>
    /// <param name="spec">A cell of which the paper has a counterpart.</param>
    /// <param name="rates">How many learning rates it is the best of by test error; null where its rate was not swept.</param>
    public static IReadOnlyList<string> Of(CellSpec spec, int? rates = null)
    {
        var paper = PapyanTable1.Protocols.Single(p => p.Dataset == spec.Dataset.Plugin);
        var (training, subsample, options) = (spec.Training, spec.Dataset.Subsample, spec.Architecture.Options);
        var depth = paper.Depth(spec.Architecture.Plugin);
        return
        [
            .. Clauses(
                (Number(options, "depth") is { } d && d != depth, $"depth {Number(options, "depth")} instead of {depth}"),
                (Number(options, "width") is { } w && w != 1, $"width {Text(Number(options, "width"))} instead of 1"),
                (Text(options, "stem") is "small" or "imagenet" && Text(options, "stem") != paper.Stem, $"{Text(options, "stem")} stem instead of {paper.Stem}"),
                (Number(options, "growth") is { } k && k != paper.Growth, $"growth {Text(Number(options, "growth"))} instead of {paper.Growth}"),
                (spec.Dataset.ClassesUsed() is not null, $"{spec.Dataset.ClassesUsed()} only"),
                (spec.Dataset.SizeUsed() is { } side && side != paper.ImageSize, $"images resized to {spec.Dataset.SizeUsed()} pixels{(paper.ImageSize is { } size ? $" instead of {size}" : "")}"),
                (subsample.TrainPerClass is { } n && n != paper.TrainPerClass, $"{subsample.TrainPerClass} instead of {paper.TrainPerClass} training examples a class"),
                (subsample.TrainPerClass is null && !paper.Whole, $"all training examples instead of {paper.TrainPerClass} a class"),
                (subsample.TestPerClass is not null, $"{subsample.TestPerClass} test examples a class instead of all"),
                (subsample.PadTo != paper.PadTo, subsample.PadTo is { } pad ? $"padded to {pad}" : $"not padded to {paper.PadTo}"),
                (training.Epochs != paper.Epochs, $"{training.Epochs} instead of {paper.Epochs} epochs"),
                (training.LearningRateSource == LearningRateSource.Untuned, $"learning rate {Text(training.LearningRate)}, untuned"),
                (rates is { } tried && tried != paper.Rates, $"best of {rates} instead of {paper.Rates} learning rates"),
                (training.BatchSize != paper.BatchSize, $"batches of {training.BatchSize} instead of {paper.BatchSize}"),
                (training.WeightDecay != paper.WeightDecay, $"weight decay {Text(training.WeightDecay)} instead of {Text(paper.WeightDecay)}"),
                (training.Momentum != 0.9, $"momentum {Text(training.Momentum)} instead of 0.9"),
                (!Same(training.DecayAt, paper.DecayAt), $"learning rate decays at {List(training.DecayAt)} of the epochs instead of {List(paper.DecayAt)}"),
                (training.Decay != 0.1, $"each decay by {Text(training.Decay)} instead of 0.1"),
                (training.Precision == TrainingPrecision.Bf16, "trained in bf16")),
        ];
    }

    private static IEnumerable<string> Clauses(params (bool Differs, string Clause)[] all) => all.Where(c => c.Differs).Select(c => c.Clause);

    private static double? Number(JsonObject options, string name) =>
        options[name] is JsonValue value && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(JsonObject options, string name) => options[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool Same(IReadOnlyList<double> a, IReadOnlyList<double> b) => a.Count == b.Count && a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) < 0.005);

    private static string List(IReadOnlyList<double> fractions) =>
        fractions.Count == 0 ? "no point" : string.Join(" and ", fractions.Select(f => f.ToString("0.##", CultureInfo.InvariantCulture)));

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}

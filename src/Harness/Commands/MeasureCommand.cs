using System.CommandLine;
using System.Text.Json;
using Harness.Manifests;
using Harness.Measuring.Elsewhere;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Training;

namespace Harness.Commands;

/// <summary><c>measure FILE</c>: what was trained elsewhere, from its last-layer features. A child loads libtorch and measures; this process never does.</summary>
public static class MeasureCommand
{
    private static readonly Argument<string> Features = new Argument<string>("file")
    {
        Description = "A safetensors file with features (N x p), labels (N), weight (C x p), and where present bias (C), test_features, test_labels.",
    }.NotEmpty();

    private static readonly Option<string[]> Metrics = new("--metrics")
    {
        Description = "Metrics, with commas between; all that a file of features is enough for where absent.",
        HelpName = "LIST",
    };

    private static readonly Option<string[]> Settings = new("--set")
    {
        Description = "An option of a metric, such as max-margin.images=500; may be given several times.",
        HelpName = "METRIC.OPTION=VALUE",
    };

    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints one JSON object and nothing else." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("measure", "Measures a network that was trained elsewhere, from its last-layer features in a safetensors file.")
        {
            Features, Metrics, Settings, AsJson, SharedOptions.Plugins, SharedOptions.Libtorch, SharedOptions.Threads,
        };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => MeasureAsync(arguments)));
        return command;
    }

    private static async Task<int> MeasureAsync(ParseResult arguments)
    {
        var file = arguments.GetValue(Features)!;
        if (!File.Exists(file)) throw new FeatureFileException([$"{file} is {(Directory.Exists(file) ? "a folder" : "not there")}: name a safetensors file."]);
        string[] folders = [.. (arguments.GetValue(SharedOptions.Plugins) ?? []).Select(Path.GetFullPath)];
        var catalog = PluginDiscovery.Discover(folders);
        string[] named = [.. (arguments.GetValue(Metrics) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (Choose(named, arguments.GetValue(Settings) ?? [], catalog) is not { } uses) return ExitCode.Invalid;

        var settings = new ChildSettings(folders, DataFolder: null, TrustedLibtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)).Folder);
        var task = JsonSerializer.Serialize(new MeasureTask(Path.GetFullPath(file), uses), Json.Line);
        var (exit, answer, errors) = await TaskProcess.RunAsync("measure-file", task, settings, arguments.GetValue(SharedOptions.Threads) ?? 1);
        if (answer.Select(FileMeasurement.FromLine).FirstOrDefault(m => m is not null) is not { } measured)
        {
            Console.Error.WriteLine(exit == ExitCode.Invalid ? errors : $"The measurement ended with exit code {exit}. {errors}");
            return exit == ExitCode.Invalid ? ExitCode.Invalid : ExitCode.NothingRan;
        }

        var cards = uses.Select(use => (use.Plugin, CellParts.MakeMetric(use, catalog).Card)).ToDictionary(c => c.Plugin, c => c.Card);
        if (arguments.GetValue(AsJson)) Console.Out.WriteLine(MeasuredNumbers.Json(file, measured, cards));
        else MeasuredNumbers.Print(file, measured, cards, Terminal.Wide());
        // What was asked for by name is wanted; of all metrics only those that broke are missed.
        return measured.NotMeasured.Any(n => n.Failed || named.Length > 0) ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static IReadOnlyList<MetricUse>? Choose(string[] names, string[] settings, PluginCatalog catalog)
    {
        try
        {
            return MetricChoice.Read(names, settings, catalog);
        }
        catch (ManifestException e)
        {
            foreach (var error in e.Errors) Console.Error.WriteLine($"{error.File}: {error.Sentence}.");
            return null;
        }
    }
}

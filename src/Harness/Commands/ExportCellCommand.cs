using System.CommandLine;
using System.Text.Json;
using Harness.Exporting;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Torch;
using Harness.Training;
using static TorchSharp.torch;

namespace Harness.Commands;

/// <summary>
/// <c>export-cell</c>: reads an <see cref="ExportCellTask"/> from standard input as one line of JSON and sends an <see cref="ExportedCell"/>, in the process that <c>export --cell</c>
/// starts for it.
/// </summary>
public static class ExportCellCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("export-cell", "Exports a trained cell.") { SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch, SharedOptions.Threads };
        command.Hidden = true;
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Export(arguments))));
        return command;
    }

    private static int Export(ParseResult arguments)
    {
        using var parent = MessagePipe.TakeStandardOutput();
        if (Console.In.ReadLine() is not { } line) return ExitCode.Cancelled;
        var task = JsonSerializer.Deserialize<ExportCellTask>(line, Json.Line)!;
        using var stop = new CancellationTokenSource();
        using var leash = new Leash(stop);
        Libtorch.Load(Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)));
        set_num_threads(arguments.GetValue(SharedOptions.Threads) ?? 1);
        var folder = new CellFolder(task.Cell);
        var parts = Parts(folder.ReadSpec(), PluginDiscovery.Discover(arguments.GetValue(SharedOptions.Plugins) ?? []));
        parent.Send(new CellExport(folder, parts, new(arguments.GetValue(SharedOptions.Data)), Console.Error.WriteLine).Write(task.Target, stop.Token).ToLine());
        return ExitCode.Done;
    }

    /// <summary>The cell's network and images; its metrics are not needed.</summary>
    private static CellParts Parts(CellSpec spec, PluginCatalog catalog)
    {
        foreach (var (kind, name) in new[] { (PluginKind.Architecture, spec.Architecture.Plugin), (PluginKind.Dataset, spec.Dataset.Plugin) })
            if (catalog.Find(kind, name) is null)
                throw new RunFolderException($"{spec.Name} was made with the {kind.ToString().ToLowerInvariant()} plugin '{name}', which is not in the plugins folders: name its folder with --plugins.");
        return CellParts.Make(spec with { Metrics = [] }, catalog);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Results;

/// <summary>
/// The folder of a run: the truth about it in plain files, readable while the run goes on and after a power cut. Nothing is created before something
/// is written.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    /// <summary>The layout this version writes and reads.</summary>
    public const int Schema = 1;

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>plan.json: the matrix and what is measured.</summary>
    public string PlanPath => In("plan.json");

    /// <summary>environment.json: the machine and the versions of the latest run on the folder.</summary>
    public string EnvironmentPath => In("environment.json");

    /// <summary>manifest.yaml: the manifest, with what it extends.</summary>
    public string ManifestPath => In("manifest.yaml");

    /// <summary>probe.json: times of training steps that were tried before cells ran.</summary>
    public string ProbePath => In("probe.json");

    /// <summary>report/index.html.</summary>
    public string ReportPath => In("report", "index.html");

    /// <summary>report/figures: the figures as files, where they are asked for.</summary>
    public string FiguresPath => In("report", "figures");

    /// <summary>Whether a run was ever planned here.</summary>
    public bool Exists => File.Exists(PlanPath);

    /// <summary>The folder of one cell.</summary>
    /// <param name="key">Its content key: letters, digits and hyphens.</param>
    /// <exception cref="RunFolderException">The key is none, and would lead elsewhere.</exception>
    public CellFolder Cell(string key) => key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? new(In("cells", key))
        : throw new RunFolderException($"{PlanPath} names a cell by the key '{key}': a key is made of letters, digits and hyphens.");

    /// <summary>A number that is another, within this process, where a file that the report is made from has become another.</summary>
    public int Stamp()
    {
        var stamp = new HashCode();
        var cells = CellKeys().Order(StringComparer.Ordinal).Select(key => new CellFolder(In("cells", key)));
        foreach (var path in cells.SelectMany(c => new[] { c.MeasurementsPath, c.TrainingPath, c.ResultPath }).Prepend(EnvironmentPath).Prepend(PlanPath))
            if (new FileInfo(path) is { Exists: true } file) stamp.Add((path, file.Length, file.LastWriteTimeUtc));
        return stamp.ToHashCode();
    }

    /// <summary>Keys of the cells that have a folder, planned or not.</summary>
    public IEnumerable<string> CellKeys() => Directory.Exists(In("cells"))
        ? Directory.EnumerateDirectories(In("cells")).Select(folder => System.IO.Path.GetFileName(folder)!).Where(name => !name.StartsWith('.'))
        : [];

    /// <summary>Writes plan.json.</summary>
    public void WritePlan(PlanRecord plan) => JsonFile.Write(PlanPath, plan);

    /// <summary>Writes environment.json.</summary>
    public void WriteEnvironment(EnvironmentRecord environment) => JsonFile.Write(EnvironmentPath, environment);

    /// <summary>Writes manifest.yaml.</summary>
    /// <param name="content">The manifest, in one file whatever it extends.</param>
    public void WriteManifest(byte[] content) => AtomicFile.Write(ManifestPath, stream => stream.Write(content));

    /// <summary>Reads plan.json.</summary>
    /// <exception cref="RunFolderException">The folder holds no run, one of another layout, or a damaged plan.</exception>
    public PlanRecord ReadPlan()
    {
        const string Remedy = "run the manifest again with this folder as --out, which writes it anew and keeps what is finished";
        var node = JsonFile.ReadIfThere<JsonObject>(PlanPath, Remedy)
            ?? throw new RunFolderException($"{Path} is not a run folder: it holds no plan.json, which 'harness run' writes first.");
        if (!JsonNode.DeepEquals(node["schema"], Schema))
        {
            throw new RunFolderException($"{PlanPath} has schema {node["schema"]?.ToJsonString() ?? "none"} and this harness reads schema {Schema}: use the version that wrote it.");
        }

        try
        {
            return node.Deserialize<PlanRecord>(Json.Page)!;
        }
        catch (JsonException e)
        {
            throw new RunFolderException($"{PlanPath} is damaged ({JsonFile.OneLine(e.Message)}): {Remedy}.", e);
        }
    }

    /// <summary>Reads the whole run: the cells in the plan's order, those that have not been run with nothing in them.</summary>
    /// <exception cref="RunFolderException">The folder holds no run, one of another layout, or a damaged plan.</exception>
    public RunRecord Read()
    {
        var plan = ReadPlan();
        return new() { Plan = plan, Environment = ReadEnvironment(), Cells = ReadCells(plan, (_, cell) => cell) };
    }

    /// <summary>Reads environment.json; null where the run has not got so far.</summary>
    /// <exception cref="RunFolderException">It is damaged.</exception>
    public EnvironmentRecord? ReadEnvironment() => JsonFile.ReadIfThere<EnvironmentRecord>(EnvironmentPath, "delete it, since the next run on the folder writes it anew");

    /// <summary>Reads the cells, and keeps of each no more than the caller makes of it: all the measurements of a large run are hundreds of megabytes.</summary>
    /// <param name="plan">The folder's plan.</param>
    /// <param name="keep">From a cell's place in the plan, from 0, and what was read of it; called from several threads.</param>
    /// <returns>In the plan's order.</returns>
    public IReadOnlyList<T> ReadCells<T>(PlanRecord plan, Func<int, CellRecord, T> keep) =>
        [.. plan.Cells.AsParallel().AsOrdered().Select((cell, place) => keep(place, ReadCell(cell)))];

    /// <summary>Reads a cell. A damaged file costs its own cell, which says so; the others are read all the same.</summary>
    /// <param name="cell">One of the plan's.</param>
    public CellRecord ReadCell(PlannedCell cell)
    {
        var folder = Cell(cell.Key);
        try
        {
            return new()
            {
                Key = cell.Key,
                Spec = cell.Spec,
                Result = folder.ReadResult(), // first, so that a cell that ends meanwhile is read with all its measurements
                Measurements = folder.ReadMeasurements(),
                Epochs = folder.ReadTraining(),
                Timings = folder.ReadTimings(),
            };
        }
        catch (RunFolderException e)
        {
            return new() { Key = cell.Key, Spec = cell.Spec, Result = new() { Outcome = Outcome.Failed, Epochs = 0, Message = e.Message }, Measurements = [], Timings = [] };
        }
    }

    private string In(params string[] names) => System.IO.Path.Combine([Path, .. names]);
}

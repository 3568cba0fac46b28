using System.Text.Json.Nodes;
using Harness.Manifests;

namespace Harness.Results;

/// <summary>
/// The folder of one cell within a run: cells/KEY. One process writes it, any may read it meanwhile. Nothing is created before something is written.
/// </summary>
/// <param name="path">The folder.</param>
public sealed class CellFolder(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>cell.json: what the cell is.</summary>
    public string SpecPath => In("cell.json");

    /// <summary>measurements.jsonl: what was measured, one number, curve, matrix or set of pictures a line.</summary>
    public string MeasurementsPath => In("measurements.jsonl");

    /// <summary>timings.jsonl: clock times, one epoch a line.</summary>
    public string TimingsPath => In("timings.jsonl");

    /// <summary>training.jsonl: loss, error and learning rate, one epoch a line.</summary>
    public string TrainingPath => In("training.jsonl");

    /// <summary>identity.json: all that the cell's key is a hash of.</summary>
    public string IdentityPath => In("identity.json");

    /// <summary>log.clef: the log, one event a line, in Serilog's compact format.</summary>
    public string LogPath => In("log.clef");

    /// <summary>checkpoint/: where training can be taken up again.</summary>
    public string CheckpointPath => In("checkpoint");

    /// <summary>result.json: how the cell ended; there only once it did.</summary>
    public string ResultPath => In("result.json");

    /// <summary>Writes cell.json.</summary>
    public void WriteSpec(CellSpec spec) => JsonFile.Write(SpecPath, spec);

    /// <summary>Reads cell.json.</summary>
    /// <exception cref="RunFolderException">It is missing or damaged.</exception>
    public CellSpec ReadSpec() => JsonFile.ReadIfThere<CellSpec>(SpecPath, $"delete the folder {Path} and run the manifest again")
        ?? throw new RunFolderException($"{SpecPath} is missing: the folder of a cell holds one, written when the cell is started.");

    /// <summary>Writes identity.json.</summary>
    public void WriteIdentity(JsonObject identity) => JsonFile.Write(IdentityPath, identity);

    /// <summary>Reads identity.json; null where an older harness made the folder.</summary>
    /// <exception cref="RunFolderException">It is damaged.</exception>
    public JsonObject? ReadIdentity() => JsonFile.ReadIfThere<JsonObject>(IdentityPath, "delete it, since it only says why a cell is run again");

    /// <summary>Adds to measurements.jsonl: one write, flushed to the disk, so that a reader sees a metric's numbers together.</summary>
    /// <param name="measurements">In the order they were made, none of an earlier epoch than what is in the file.</param>
    public void Append(IReadOnlyList<Measurement> measurements) => JsonLines.Append(MeasurementsPath, measurements);

    /// <summary>Adds epochs to timings.jsonl, likewise.</summary>
    public void AppendTimings(params IReadOnlyList<EpochTiming> timings) => JsonLines.Append(TimingsPath, timings);

    /// <summary>Adds epochs to training.jsonl, likewise.</summary>
    public void AppendTraining(params IReadOnlyList<EpochRecord> epochs) => JsonLines.Append(TrainingPath, epochs);

    /// <summary>Takes measurements, training and timings back to the state after an epoch, before training goes on from its checkpoint: later lines and a torn last line go.</summary>
    /// <param name="lastEpoch">The last epoch to keep; 0 keeps nothing.</param>
    /// <exception cref="RunFolderException">A line is damaged otherwise than by being cut short.</exception>
    public void CutBack(int lastEpoch)
    {
        JsonLines.KeepWhile<Measurement>(MeasurementsPath, m => m.Epoch <= lastEpoch);
        JsonLines.KeepWhile<EpochRecord>(TrainingPath, e => e.Epoch <= lastEpoch);
        JsonLines.KeepWhile<EpochTiming>(TimingsPath, t => t.Epoch <= lastEpoch);
    }

    /// <summary>Everything measured so far. A last line that is not written to its end is passed over, so a cell can be read while it runs.</summary>
    /// <exception cref="RunFolderException">A line is damaged otherwise than by being cut short.</exception>
    public IReadOnlyList<Measurement> ReadMeasurements() => JsonLines.Read<Measurement>(MeasurementsPath);

    /// <summary>What was measured, the last first: a reader that wants the latest number reads no more than it needs.</summary>
    /// <exception cref="RunFolderException">A line is damaged otherwise than by being cut short.</exception>
    public IEnumerable<Measurement> ReadMeasurementsBackwards() => JsonLines.ReadBackwards<Measurement>(MeasurementsPath);

    /// <summary>How the training went so far, likewise.</summary>
    /// <exception cref="RunFolderException">A line is damaged otherwise than by being cut short.</exception>
    public IReadOnlyList<EpochRecord> ReadTraining() => JsonLines.Read<EpochRecord>(TrainingPath);

    /// <summary>The last epoch trained, or null.</summary>
    /// <exception cref="RunFolderException">The line is damaged otherwise than by being cut short.</exception>
    public EpochRecord? ReadLastEpoch() => JsonLines.ReadBackwards<EpochRecord>(TrainingPath).FirstOrDefault();

    /// <summary>The clock times so far, likewise.</summary>
    /// <exception cref="RunFolderException">A line is damaged otherwise than by being cut short.</exception>
    public IReadOnlyList<EpochTiming> ReadTimings() => JsonLines.Read<EpochTiming>(TimingsPath);

    /// <summary>Writes result.json: the last thing done in the folder.</summary>
    public void WriteResult(CellResult result) => JsonFile.Write(ResultPath, result);

    /// <summary>Reads result.json; null while the cell waits or runs.</summary>
    /// <exception cref="RunFolderException">It is damaged.</exception>
    public CellResult? ReadResult() =>
        JsonFile.ReadIfThere<CellResult>(ResultPath, "delete it and run the manifest again, and the cell goes on from its checkpoint");

    /// <summary>Copies what a cell has left in another folder, its checkpoints included; result.json not, which is written last.</summary>
    /// <param name="other">The other folder.</param>
    public void CopyFrom(CellFolder other)
    {
        foreach (var file in Directory.EnumerateFiles(other.Path, "*", SearchOption.AllDirectories))
        {
            // Locks and what a crash has left of a writing have names with a dot first.
            if (System.IO.Path.GetFileName(file).StartsWith('.') || file == other.ResultPath) continue;
            using var from = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            AtomicFile.Write(In(System.IO.Path.GetRelativePath(other.Path, file)), from.CopyTo);
        }
    }

    /// <summary>Deletes all that the cell's training has left, so that it begins anew; cell.json, identity.json and the log stay.</summary>
    public void Clear()
    {
        if (!Directory.Exists(Path)) return;
        foreach (var file in new[] { ResultPath, MeasurementsPath, TrainingPath, TimingsPath }) File.Delete(file);
        if (Directory.Exists(CheckpointPath)) Directory.Delete(CheckpointPath, recursive: true);
    }

    /// <summary>Deletes what a process that was killed while it wrote has left here. For who holds the folder's lock.</summary>
    public void DeleteLeftovers()
    {
        AtomicFile.DeleteLeftovers(Path);
        AtomicFile.DeleteLeftovers(CheckpointPath);
    }

    /// <summary>Deletes result.json where it is there: the cell is to be run again, or continued.</summary>
    public void DeleteResult()
    {
        if (Directory.Exists(Path)) File.Delete(ResultPath);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}

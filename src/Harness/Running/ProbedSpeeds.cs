using Harness.Manifests;
using Harness.Planning;
using Harness.Results;

namespace Harness.Running;

/// <summary>What a few timed training steps have told of cells, kept in a run's folder so that no later run times them again: <c>probe.json</c>.</summary>
public sealed class ProbedSpeeds
{
    private readonly RunFolder folder;
    private readonly Dictionary<(string Like, string Device), double> known;

    /// <summary>Reads what is kept.</summary>
    /// <param name="folder">The run's folder; need not exist. A damaged file is worth no word: the steps are timed again.</param>
    public ProbedSpeeds(RunFolder folder)
    {
        this.folder = folder;
        known = Read(folder).ToDictionary(p => (p.Like, p.Device), p => p.SecondsOfAnImage);
    }

    /// <summary>Seconds of training that an image takes, or null where that was not timed.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="device">The kind of device it runs on.</param>
    public double? SecondsOfAnImage(CellSpec cell, string device) => known.TryGetValue((MeasuredSpeeds.Likeness(cell), device), out var seconds) ? seconds : null;

    /// <summary>Takes up what was timed.</summary>
    /// <param name="cell">A cell.</param>
    /// <param name="device">The kind of device it was timed on.</param>
    /// <param name="seconds">Seconds of training that an image takes.</param>
    public void Add(CellSpec cell, string device, double seconds) => known[(MeasuredSpeeds.Likeness(cell), device)] = seconds;

    /// <summary>Keeps it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write() => JsonFile.Write(folder.ProbePath, known.Select(p => new ProbedSpeed(p.Key.Like, p.Key.Device, p.Value)).ToList());

    private static IReadOnlyList<ProbedSpeed> Read(RunFolder folder)
    {
        try
        {
            return JsonFile.ReadIfThere<List<ProbedSpeed>>(folder.ProbePath, "") ?? [];
        }
        catch (RunFolderException)
        {
            return [];
        }
    }

    private sealed record ProbedSpeed(string Like, string Device, double SecondsOfAnImage);
}

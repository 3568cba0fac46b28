using Harness.Results;

namespace Harness.Running;

/// <summary>What an earlier run left in a cell's folder.</summary>
/// <param name="IsFinished">The result stands: done, or diverged, which it would be again. Other failures are tried again.</param>
/// <param name="Result">How it ended, where it did and the files are whole.</param>
/// <param name="Damage">What is wrong with the files, in a sentence, or null: then the cell begins anew, since what was measured is not all there.</param>
public sealed record CellStanding(bool IsFinished, CellResult? Result, string? Damage)
{
    /// <summary>Reads it.</summary>
    /// <param name="folder">The cell's folder; need not exist.</param>
    public static CellStanding Of(CellFolder folder)
    {
        try
        {
            var measured = folder.ReadMeasurements().Count;
            folder.ReadTraining();
            folder.ReadTimings();
            var result = folder.ReadResult();
            if (result?.Measurements is { } made && made != measured)
                return new(false, null, $"{folder.MeasurementsPath} holds {measured} lines where the cell wrote {made}.");
            return new(result?.Outcome is Outcome.Done or Outcome.Diverged, result, null);
        }
        catch (RunFolderException e)
        {
            return new(false, null, e.Message);
        }
    }
}

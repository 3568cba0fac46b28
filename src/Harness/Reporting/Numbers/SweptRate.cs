using Harness.Manifests;

namespace Harness.Reporting.Numbers;

/// <summary>One learning rate of a sweep, with the cells that have it.</summary>
/// <param name="Rate">The rate.</param>
/// <param name="Seeds">A cell for each seed.</param>
internal sealed record SweptRate(double Rate, IReadOnlyList<CellView> Seeds)
{
    /// <summary>Digits after the point in which test errors are compared: the same errors added in another order tie.</summary>
    private const int Compared = 12;

    /// <summary>The rate to four significant digits.</summary>
    public string Label => SweepRates.Label(Rate);

    /// <summary>
    /// Test error at the last epoch, a share, as the mean over all seeds: only so do rates compare. Null unless every seed ran to its end and measured it.
    /// </summary>
    public double? TestError
    {
        get
        {
            var errors = Seeds.Select(ErrorOf).OfType<double>().ToArray();
            return errors.Length == Seeds.Count ? Math.Round(errors.Average(), Compared) : null;
        }
    }

    /// <summary>Whether nothing more is to come of it: each seed ended, well or not. A seed that was stopped is going to be continued.</summary>
    public bool Ended => Seeds.All(s => s.Done || s.Failed);

    private static double? ErrorOf(CellView cell) =>
        cell.Done && cell[Reading.TestAccuracy].At(cell.Spec.Training.Epochs) is { } accuracy && double.IsFinite(accuracy) ? 1 - accuracy : null;
}

using Harness.Planning;

namespace Harness.Running;

/// <summary>What is found out of a run's cells beside the run itself, by their names. A cell of which nothing is found is not there.</summary>
/// <param name="Costs">What they cost.</param>
/// <param name="Speeds">Seconds of training that an image takes.</param>
public sealed record Forecast(Task<IReadOnlyDictionary<string, CellCost>> Costs, Task<IReadOnlyDictionary<string, double>> Speeds);

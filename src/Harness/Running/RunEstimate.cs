namespace Harness.Running;

/// <summary>How long a run is still going to take, as far as is known.</summary>
/// <param name="Left">By the key of each cell that is not finished: time of its process until its end. A cell that nothing is known of is not there.</param>
/// <param name="WholeLeft">Time until the last cell ends, with the cells shared out over the devices as they will be; null where something is not known of some cell.</param>
public sealed record RunEstimate(IReadOnlyDictionary<string, TimeSpan> Left, TimeSpan? WholeLeft);

namespace Harness.Results;

/// <summary>A matrix as a metric reported it.</summary>
/// <param name="Rows">What a row is.</param>
/// <param name="Columns">What a column is.</param>
/// <param name="Values">Row by row.</param>
public sealed record MeasuredMatrix(string Rows, string Columns, IReadOnlyList<IReadOnlyList<double>> Values);

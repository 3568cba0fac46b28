namespace Harness.Datasets.Glyphs;

/// <summary>A point of the plane; x runs right and y down.</summary>
internal readonly record struct Point(double X, double Y);

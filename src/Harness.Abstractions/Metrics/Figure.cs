namespace Harness;

/// <summary>A figure of a report: one panel for each cell.</summary>
/// <param name="Order">Where it stands in the report; the paper's figure number where it is one of the paper's.</param>
/// <param name="Title">Its heading: "NC2: class means and classifiers become equinorm".</param>
public sealed record Figure(int Order, string Title);

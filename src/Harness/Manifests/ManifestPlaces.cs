
namespace Harness.Manifests;

/// <summary>Where a plan's networks are written, for what shows only when they are built: errors then point into the manifest like all others.</summary>
public sealed class ManifestPlaces
{
    private readonly Dictionary<(string Dataset, string Architecture), Labelled> networks = [];

    /// <summary>An error at a cell's network.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="option">The option at fault, or an empty string where it is not one: then the error is at the architecture's label.</param>
    /// <param name="sentence">What is wrong and what would be right.</param>
    public ManifestError Error(CellSpec cell, string option, string sentence)
    {
        var written = networks[(cell.Dataset.Label, cell.Architecture.Label)];
        var place = written.Options.Find(option)?.Value.Place ?? written.Place;
        return new(place.File, place.Line, place.Column, sentence);
    }

    /// <summary>Remembers a network as written, with the overrides for its data set.</summary>
    internal void Add(string dataset, Labelled architecture) => networks[(dataset, architecture.Label)] = architecture;
}

using Harness.Manifests.Yaml;

namespace Harness.Manifests;

/// <summary>A manifest whose sections are known and whose plugins and options are still as written.</summary>
internal sealed record Manifest
{
    public required string Name { get; init; }

    public required IReadOnlyList<long> Seeds { get; init; }

    public required IReadOnlyList<Labelled> Datasets { get; init; }

    public required IReadOnlyList<Labelled> Architectures { get; init; }

    public required MappingNode Training { get; init; }

    public required MappingNode Measure { get; init; }

    public required MappingNode Limits { get; init; }

    public required MappingNode Retry { get; init; }

    public required IReadOnlyList<Override> Overrides { get; init; }

    public required IReadOnlyList<Selector> Exclusions { get; init; }
}

/// <summary>A plugin with its options, as written under a label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Place">Where it is written.</param>
/// <param name="Options">'use' and the options.</param>
internal sealed record Labelled(string Label, Place Place, MappingNode Options);

/// <summary>What is laid over the cells a selector takes. Sections that are not written are empty, and the note is null.</summary>
internal sealed record Override(
    Selector For, string? Note, MappingNode Dataset, MappingNode Architecture, MappingNode Training, MappingNode Measure, MappingNode Limits, MappingNode Retry);

namespace Harness;

/// <summary>What a data set is, for people and for the planner.</summary>
public sealed record DatasetCard
{
    /// <summary>The name its authors use, as a report prints it: "MNIST".</summary>
    public required string Title { get; init; }

    /// <summary>Names of the classes, in label order. Their number is C.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Shape of the images before any padding.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>Images in the whole training split; 0 where only the files say.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Images in the whole test split; 0 where only the files say.</summary>
    public required int TestCount { get; init; }

    /// <summary>Per-channel constants the field standardises with, or null: then the host computes them from the training images it uses.</summary>
    public Standardisation? Standardisation { get; init; }

    /// <summary>Terms of use, in a line.</summary>
    public required string Licence { get; init; }

    /// <summary>Whom to cite.</summary>
    public required string Citation { get; init; }

    /// <summary>The files as their authors publish them; empty where none are needed or none can be had without asking the authors.</summary>
    public IReadOnlyList<DatasetFile> Files { get; init; } = [];

    /// <summary>What a user without the files is told to do: where they come from and where under the data folder they belong. Empty where none are needed.</summary>
    public string HowToGet { get; init; } = "";

    /// <summary>Whether the images are made rather than read.</summary>
    public bool NeedsNoFiles => Files.Count == 0 && HowToGet.Length == 0;
}

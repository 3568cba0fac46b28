namespace Harness.Comparing;

/// <summary>One quantity at the last epoch, of one place of the matrix beside another.</summary>
public sealed record QuantityDifference
{
    /// <summary>The run it is of, by its folder.</summary>
    public required string Run { get; init; }

    /// <summary>The run that it is compared with, by its folder.</summary>
    public required string With { get; init; }

    /// <summary>Label of the architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>Label of the architecture it is compared with: the same, or one of the paper's three.</summary>
    public required string WithArchitecture { get; init; }

    /// <summary>Label of the data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>metric/quantity.</summary>
    public required string Quantity { get; init; }

    /// <summary>The images; null where it is of the weights alone.</summary>
    public Split? Split { get; init; }

    /// <summary>Its unit.</summary>
    public required string Unit { get; init; }

    /// <summary>How a change reads.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Mean over the seeds that both have, of what it is compared with.</summary>
    public required double From { get; init; }

    /// <summary>Mean over the same seeds.</summary>
    public required double To { get; init; }

    /// <summary>The difference, paired by seed.</summary>
    public required PairedDifference Difference { get; init; }
}

namespace Harness;

/// <summary>The one declaration of a measured quantity, from which legends, docs and lists are made.</summary>
public sealed record Quantity
{
    /// <summary>Identifies it in results: lower case, digits, hyphens and dots, unique within its metric ("equinorm.means").</summary>
    public required string Name { get; init; }

    /// <summary>What a reader calls it: "Equinorm of class means".</summary>
    public required string Title { get; init; }

    /// <summary>The formula in plain Unicode, in the field's letters: "Tr(Σ_W Σ_B⁺)/C".</summary>
    public required string Formula { get; init; }

    /// <summary>Paper and equation or figure it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Unit, "1" where it has none.</summary>
    public string Unit { get; init; } = "1";

    /// <summary>What the positions of its curve are, with their unit: "layer", "ε, pixels (L∞)". Null where it has no curve, or its formula says so.</summary>
    public string? Positions { get; init; }

    /// <summary>Which way is more collapsed, better or more robust.</summary>
    public Direction Direction { get; init; }

    /// <summary>The axis a figure draws it on.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>The figure it belongs to; quantities of one figure are drawn together. Null: it is listed in tables only.</summary>
    public Figure? Figure { get; init; }

    /// <summary>Its legend within the figure: "class means". Empty where the figure has one line.</summary>
    public string Series { get; init; } = "";
}

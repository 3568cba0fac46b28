namespace Harness.Metrics.Spectrum;

/// <summary>A number of each part of the Gauss-Newton matrix.</summary>
/// <param name="Class">Of G_class.</param>
/// <param name="Cross">Of G_cross.</param>
/// <param name="Within">Of G_within.</param>
/// <param name="SameClass">Of G_(c=c').</param>
internal readonly record struct PartValues(double Class, double Cross, double Within, double SameClass)
{
    /// <summary>Of G.</summary>
    public double Sum => Class + Cross + Within + SameClass;

    /// <summary>One of them.</summary>
    /// <param name="part">Which one part.</param>
    public double this[Parts part] => part switch
    {
        Parts.Class => Class,
        Parts.Cross => Cross,
        Parts.Within => Within,
        Parts.SameClass => SameClass,
        Parts.All => Sum,
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "One part, or all."),
    };

    /// <summary>Part by part.</summary>
    public static PartValues operator +(PartValues a, PartValues b) => new(a.Class + b.Class, a.Cross + b.Cross, a.Within + b.Within, a.SameClass + b.SameClass);

    /// <summary>All of them divided.</summary>
    public static PartValues operator /(PartValues a, double b) => new(a.Class / b, a.Cross / b, a.Within / b, a.SameClass / b);
}

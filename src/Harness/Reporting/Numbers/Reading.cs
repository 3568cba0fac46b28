namespace Harness.Reporting.Numbers;

/// <summary>A quantity on a split, by which the report picks the few curves it speaks about.</summary>
/// <param name="Id">metric/name.</param>
/// <param name="Split">The images.</param>
internal sealed record Reading(string Id, Split? Split)
{
    /// <summary>NC1 of the training features.</summary>
    public static Reading Nc1 { get; } = new("neural-collapse/nc1", Harness.Split.Train);

    /// <summary>Test accuracy, a share.</summary>
    public static Reading TestAccuracy { get; } = new("generalization/accuracy", Harness.Split.Test);

    /// <summary>DeepFool's relative radius.</summary>
    public static Reading Radius { get; } = new("robustness/deepfool.relative-radius", Harness.Split.Test);
}

namespace Harness.Fetching;

/// <summary>How much of a data set is there.</summary>
public enum Presence
{
    /// <summary>The set is made, not read.</summary>
    NoneNeeded,

    /// <summary>Nothing, or no data folder is named.</summary>
    Absent,

    /// <summary>Some published files, or a file that is shorter or longer than published.</summary>
    Partly,

    /// <summary>Every published file, at its published length.</summary>
    Present,

    /// <summary>Files that are not the published ones: unpacked, or of a set that cannot be fetched. Only opening them tells whether they serve.</summary>
    Others,
}

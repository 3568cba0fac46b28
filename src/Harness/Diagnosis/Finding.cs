namespace Harness.Diagnosis;

/// <summary>One thing that <c>doctor</c> has looked at.</summary>
/// <param name="Subject">What: "libtorch".</param>
/// <param name="State">How it is.</param>
/// <param name="Said">In plain words.</param>
/// <param name="Mend">What to do where it is not as it could be, or null.</param>
public sealed record Finding(string Subject, FindingState State, string Said, string? Mend = null);

/// <summary>How a thing is.</summary>
public enum FindingState
{
    /// <summary>As it should be.</summary>
    Works,

    /// <summary>Not there, and what needs it does without.</summary>
    Absent,

    /// <summary>Nothing can run like this.</summary>
    Broken,
}

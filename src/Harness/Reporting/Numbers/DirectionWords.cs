namespace Harness.Reporting.Numbers;

/// <summary>How a quantity reads, in words.</summary>
internal static class DirectionWords
{
    /// <summary>"lower is collapsed", "context".</summary>
    public static string Of(Direction direction) => direction switch
    {
        Direction.LowerIsCollapsed => "lower is collapsed",
        Direction.HigherIsCollapsed => "higher is collapsed",
        Direction.LowerIsBetter => "lower is better",
        Direction.HigherIsBetter => "higher is better",
        Direction.HigherIsRobust => "higher is robust",
        _ => "context",
    };
}

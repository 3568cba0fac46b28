namespace Harness;

/// <summary>How to read a change of a quantity.</summary>
public enum Direction
{
    /// <summary>Neither way is better; context.</summary>
    None,

    /// <summary>Falls towards 0 as features collapse.</summary>
    LowerIsCollapsed,

    /// <summary>Rises as features collapse.</summary>
    HigherIsCollapsed,

    /// <summary>Falls as the network gets better at its task.</summary>
    LowerIsBetter,

    /// <summary>Rises as the network gets better at its task.</summary>
    HigherIsBetter,

    /// <summary>Rises as the network gets more robust.</summary>
    HigherIsRobust,
}

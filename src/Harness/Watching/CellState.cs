namespace Harness.Watching;

/// <summary>How a cell stands.</summary>
public enum CellState
{
    /// <summary>Its process is at work: it holds the lock of the cell's folder.</summary>
    Running,

    /// <summary>It ended otherwise than well; its outcome says how.</summary>
    Failed,

    /// <summary>Trained to its last epoch and measured.</summary>
    Done,

    /// <summary>Not started, or stopped and to be continued.</summary>
    Waiting,
}

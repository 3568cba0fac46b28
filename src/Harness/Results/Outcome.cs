namespace Harness.Results;

/// <summary>How a cell ended.</summary>
public enum Outcome
{
    /// <summary>Trained to its last epoch and measured.</summary>
    Done,

    /// <summary>The loss became NaN or left all bounds. Final: the same cell diverges again.</summary>
    Diverged,

    /// <summary>The process or the device ran out of memory.</summary>
    OutOfMemory,

    /// <summary>The process ended by a signal or an abort in native code.</summary>
    NativeAbort,

    /// <summary>A plugin threw.</summary>
    PluginFault,

    /// <summary>Nothing was heard from the process for too long.</summary>
    Stalled,

    /// <summary>The cell's time was up.</summary>
    Timeout,

    /// <summary>The run was asked to stop; the same command continues.</summary>
    Cancelled,

    /// <summary>The data set's files are missing or damaged.</summary>
    DataFault,

    /// <summary>The GPU failed: it could not be used, or was lost.</summary>
    DeviceFault,

    /// <summary>The process ended without a result, or with an error of the harness itself.</summary>
    Failed,
}

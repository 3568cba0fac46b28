using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Manifests;

/// <summary>How many more times a cell is tried within one run, by how it failed. It goes on from its newest checkpoint.</summary>
public sealed record RetryPolicy
{
    private const int Most = 100;

    /// <value>1</value>
    [Description("More tries of a cell that ran out of memory, each with no other cell beside it on its device.")]
    [Range(0, Most)]
    public int OutOfMemory { get; init; } = 1;

    /// <value>0</value>
    [Description("More tries of a cell whose process died of an error in native code.")]
    [Range(0, Most)]
    public int NativeAbort { get; init; }

    /// <value>0</value>
    [Description("More tries of a cell whose plugin threw.")]
    [Range(0, Most)]
    public int PluginFault { get; init; }

    /// <value>0</value>
    [Description("More tries of a cell that hung.")]
    [Range(0, Most)]
    public int Stalled { get; init; }

    /// <value>0</value>
    [Description("More tries of a cell whose time was up.")]
    [Range(0, Most)]
    public int Timeout { get; init; }

    /// <value>0</value>
    [Description("More tries of a cell whose data were missing or damaged.")]
    [Range(0, Most)]
    public int DataFault { get; init; }

    /// <value>0</value>
    [Description("More tries of a cell that ended without a result.")]
    [Range(0, Most)]
    public int Failed { get; init; }
}

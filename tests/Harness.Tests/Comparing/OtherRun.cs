using System.Text.Json.Nodes;
using Harness.Results;
using Testing;

namespace Harness.Tests.Comparing;

/// <summary>Synthetic runs that differ in what is asked for.</summary>
internal static class OtherRun
{
    /// <summary>The run as another harness, machine or manifest would have trained it: every cell another, its numbers changed.</summary>
    /// <param name="record">A run.</param>
    /// <param name="change">A number's change, from what was measured and the cell's seed.</param>
    /// <param name="identity">What its cells' identities hold.</param>
    public static RunRecord Of(RunRecord record, Func<Measurement, long, double> change, JsonObject? identity = null) => record with
    {
        Plan = record.Plan with { Cells = [.. record.Plan.Cells.Select(c => c with { Key = "d" + c.Key, Identity = identity?.DeepClone().AsObject() })] },
        Cells = [.. record.Cells.Select(c => c with { Key = "d" + c.Key, Measurements = [.. c.Measurements.Select(m => m with { Value = change(m, c.Spec.Seed) })] })],
    };

    /// <summary>The run with identities.</summary>
    public static RunRecord WithIdentity(RunRecord record, JsonObject identity) =>
        record with { Plan = record.Plan with { Cells = [.. record.Plan.Cells.Select(c => c with { Identity = identity.DeepClone().AsObject() })] } };

    /// <summary>Writes a run.</summary>
    public static RunFolder Saved(RunRecord record, string path)
    {
        var folder = new RunFolder(path);
        SyntheticRun.Save(record, folder);
        return folder;
    }
}

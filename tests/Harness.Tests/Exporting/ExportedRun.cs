using Harness.Results;
using Testing;

namespace Harness.Tests.Exporting;

/// <summary>A synthetic run with a curve, a matrix, a hole and a name that needs quoting, in a folder of its own.</summary>
internal sealed class ExportedRun : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public ExportedRun()
    {
        var record = new SyntheticRun { Epochs = 6, TerminalPhaseEpoch = 3, Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged } }.Record();
        Measurement[] more =
        [
            new(6, "margins", "normalised", Split.Train, X: [0, 0.5, 1], Y: [-1, 0, double.PositiveInfinity]),
            new(6, "generalization", "confusion", Split.Test, Matrix: new("true class", "predicted class", [[3, 1], [0, 4]])),
            new(6, "margins", "margin.min", Split.Train, double.NaN),
            new(6, "spectrum", "", Error: "InvalidOperationException: it failed"),
            new(6, "robustness", "deepfool.relative-radius", Split.Test, 0.125, 0.0625),
        ];
        var first = record.Cells[0];
        var odd = first.Spec with { Architecture = first.Spec.Architecture with { Label = "VGG \"11\", wide" } };
        record = record with
        {
            Plan = record.Plan with { Cells = [.. record.Plan.Cells.Select((c, i) => i == 0 ? c with { Spec = odd } : c)] },
            Cells =
            [
                first with { Spec = odd, Measurements = [.. first.Measurements.Where(m => m.Epoch < 6 || m.Metric != "robustness"), .. more] }, .. record.Cells.Skip(1),
            ],
        };
        SyntheticRun.Save(record, Folder);
        Record = record;
    }

    public RunFolder Folder => new(scratch["run"]);

    public RunRecord Record { get; }

    public string Out => scratch["out"];

    public string this[params string[] parts] => scratch[["out", .. parts]];

    public void Dispose() => scratch.Dispose();
}

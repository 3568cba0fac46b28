using Harness.Manifests;

namespace Harness.Results;

/// <summary>result.json: how a cell ended. Renamed into place last, so its presence says that nothing more will be written to the folder.</summary>
public sealed record CellResult
{
    /// <summary>How it ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The last epoch that was trained to its end.</summary>
    public required int Epochs { get; init; }

    /// <summary>First epoch whose training accuracy in eval mode reached the terminal threshold, or null.</summary>
    public int? TerminalPhaseEpoch { get; init; }

    /// <summary>First epoch with no training error at all in eval mode, or null.</summary>
    public int? ZeroErrorEpoch { get; init; }

    /// <summary>Lines of measurements.jsonl, where the cell's own process wrote this: so that lost ones are noticed.</summary>
    public int? Measurements { get; init; }

    /// <summary>The cell's folder in another run, where it was taken over from there and not trained here.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>Facts of the network and the data as trained, or null where it never came so far.</summary>
    public CellFacts? Facts { get; init; }

    /// <summary>Where it did not end well: what happened, in a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>The process's exit code; 128 + n for signal n.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often it was tried, this time included.</summary>
    public int Attempts => Earlier.Count + 1;

    /// <summary>How it ended when it was tried before, the oldest first.</summary>
    public IReadOnlyList<FailedAttempt> Earlier { get; init; } = [];

    /// <summary>The last lines of its log, where it did not end well.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];
}

/// <summary>An attempt at a cell that another followed.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Epochs">The last epoch that was trained to its end.</param>
/// <param name="Message">What happened, in a sentence.</param>
/// <param name="ExitCode">The process's exit code, where it wrote no result of its own.</param>
public sealed record FailedAttempt(Outcome Outcome, int Epochs, string? Message = null, int? ExitCode = null);

/// <summary>Facts of the network and the data as trained.</summary>
public sealed record CellFacts
{
    /// <summary>Trainable parameters.</summary>
    public required long Parameters { get; init; }

    /// <summary>Feature dimension p.</summary>
    public required long FeatureDimension { get; init; }

    /// <summary>Number of classes C.</summary>
    public required int Classes { get; init; }

    /// <summary>What the classes are called, in the order of their labels; none where an earlier version wrote this.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Images trained on.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Images tested on.</summary>
    public required int TestCount { get; init; }

    /// <summary>Shape of an image as the network receives it, C, H, W.</summary>
    public required ImageShape Input { get; init; }

    /// <summary>Constants the pixels were standardised with.</summary>
    public required Standardisation Standardisation { get; init; }

    /// <summary>Device it ran on: "cpu" or "cuda:0".</summary>
    public required string Device { get; init; }

    /// <summary>Intra-operation threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Arithmetic of the training: "float32", "float32 (TF32)", "bf16 (autocast)".</summary>
    public required string Precision { get; init; }

    /// <summary>What a stopped and continued training equals of an undisturbed one: "bitwise" every bit, "statistical" what another run of it would; null where an older version wrote this.</summary>
    public string? Resume { get; init; }

    /// <summary>Order of images and weights in memory while training, or null where an earlier version wrote this: contiguous.</summary>
    public MemoryFormat? MemoryFormat { get; init; }

    /// <summary>Functions that this libtorch does not export and the harness then did without, by their symbols.</summary>
    public IReadOnlyList<string> LibtorchLacks { get; init; } = [];
}

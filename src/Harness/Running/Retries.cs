using Harness.Manifests;
using Harness.Results;

namespace Harness.Running;

/// <summary>The tries of one cell within one run.</summary>
/// <param name="policy">How many more it gets.</param>
/// <param name="before">How it ended in earlier runs, the oldest first.</param>
public sealed class Retries(RetryPolicy policy, IReadOnlyList<FailedAttempt> before)
{
    private readonly List<FailedAttempt> attempts = [];
    private readonly List<FailedAttempt> moves = [];

    /// <summary>All tries but the present one, those of earlier runs first.</summary>
    public IReadOnlyList<FailedAttempt> Earlier => [.. before, .. moves, .. attempts];

    /// <summary>Whether its device must be its own: another cell beside it may be what it lacked memory for.</summary>
    public bool Alone { get; private set; }

    /// <summary>Decides after a try, and remembers it where another follows.</summary>
    /// <param name="result">How it ended.</param>
    /// <returns>Whether the cell is to be tried again.</returns>
    public bool Again(CellResult result)
    {
        if (attempts.Count(a => a.Outcome == result.Outcome) >= Granted(result.Outcome)) return false;
        attempts.Add(AsAttempt(result));
        Alone |= result.Outcome == Outcome.OutOfMemory;
        return true;
    }

    /// <summary>Remembers a try that another device is asked to make good: no fault of the cell's, so that nothing is taken from what it gets.</summary>
    /// <param name="result">How it ended.</param>
    public void Moves(CellResult result) => moves.Add(AsAttempt(result));

    /// <summary>A result as what came before the next.</summary>
    /// <param name="result">The result.</param>
    public static FailedAttempt AsAttempt(CellResult result) => new(result.Outcome, result.Epochs, result.Message, result.ExitCode);

    private int Granted(Outcome outcome) => outcome switch
    {
        Outcome.OutOfMemory => policy.OutOfMemory,
        Outcome.NativeAbort => policy.NativeAbort,
        Outcome.PluginFault => policy.PluginFault,
        Outcome.Stalled => policy.Stalled,
        Outcome.Timeout => policy.Timeout,
        Outcome.DataFault => policy.DataFault,
        Outcome.Failed => policy.Failed,
        _ => 0,
    };
}

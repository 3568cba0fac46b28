using Harness.Results;

namespace Harness.Running;

/// <summary>Why the parent ends a cell's process.</summary>
/// <param name="Outcome">How the cell ends thereby.</param>
/// <param name="Message">What was the matter, in a sentence.</param>
/// <param name="AtOnce">Killed; else it is asked to stop at a checkpoint first.</param>
public sealed record Judgement(Outcome Outcome, string Message, bool AtOnce);

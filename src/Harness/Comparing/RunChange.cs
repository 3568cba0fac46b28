namespace Harness.Comparing;

/// <summary>Something that is otherwise in another run.</summary>
/// <param name="Run">The other run, by its folder.</param>
/// <param name="What">Manifest, plugins, data or environment.</param>
/// <param name="Sentence">It in words, as of the other run: "training.epochs is 40, and was 30".</param>
/// <param name="Cells">The cells it is true of; empty where it is of the run.</param>
public sealed record RunChange(string Run, ChangeKind What, string Sentence, IReadOnlyList<string> Cells);

/// <summary>What a change is a change of.</summary>
public enum ChangeKind
{
    /// <summary>What the manifest says.</summary>
    Manifest,

    /// <summary>Files or versions of plugins.</summary>
    Plugins,

    /// <summary>The content of a data set.</summary>
    Data,

    /// <summary>Machine, versions, device, threads, arithmetic.</summary>
    Environment,
}

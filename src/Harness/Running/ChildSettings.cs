namespace Harness.Running;

/// <summary>What every child is told of where things are.</summary>
/// <param name="Plugins">The plugins folders, beside the one beside the executable.</param>
/// <param name="DataFolder">The user's data folder, or null.</param>
/// <param name="LibtorchFolder">The folder of libtorch.</param>
public sealed record ChildSettings(IReadOnlyList<string> Plugins, string? DataFolder, string LibtorchFolder)
{
    /// <summary>As options of the command line.</summary>
    public IEnumerable<string> Arguments()
    {
        foreach (var folder in Plugins) yield return $"--plugins={folder}";
        if (DataFolder is not null) yield return $"--data={DataFolder}";
        yield return $"--libtorch={LibtorchFolder}";
    }

    /// <summary>
    /// The environment of a child that computes. A training step allocates and frees the same large blocks again and again: glibc then keeps them instead of
    /// giving each back to the kernel and faulting its pages in anew.
    /// </summary>
    /// <param name="threads">Threads of each parallel region.</param>
    public static Dictionary<string, string> Environment(int threads) => new()
    {
        ["OMP_NUM_THREADS"] = threads.ToString(),
        ["MKL_NUM_THREADS"] = threads.ToString(),
        ["MALLOC_MMAP_MAX_"] = "0",
        ["MALLOC_TRIM_THRESHOLD_"] = "17179869184",
        ["MALLOC_TOP_PAD_"] = "67108864",
    };
}

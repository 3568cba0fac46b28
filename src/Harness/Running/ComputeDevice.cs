namespace Harness.Running;

/// <summary>A device that cells may run on.</summary>
/// <param name="Name">"cpu" or "cuda:N".</param>
/// <param name="Places">Cells at once, or null: as many as fit.</param>
/// <param name="MemoryBytes">Its memory, where it is known and counts.</param>
public sealed record ComputeDevice(string Name, int? Places, long? MemoryBytes = null)
{
    /// <summary>"cpu" or "cuda": part of a cell's identity, since their sums round differently.</summary>
    public string Kind => KindOf(Name);

    /// <summary>It for a log: "cpu, 2 at once".</summary>
    public override string ToString() => Places is { } places ? $"{Name}, {places} at once" : $"{Name}, as many at once as fit";

    /// <summary>A device's name without its number.</summary>
    /// <param name="name">"cpu" or "cuda:N".</param>
    public static string KindOf(string name) => name.Split(':')[0];
}

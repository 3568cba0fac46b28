namespace Harness.Running;

/// <summary>
/// Gives places on devices to waiting cells. Knows no processes and no clock: it is told who begins and who ends. Not for several threads.
/// </summary>
/// <param name="devices">The devices.</param>
/// <param name="cells">The cells, each for one of the devices' kinds.</param>
public sealed class Scheduler(IReadOnlyList<ComputeDevice> devices, IReadOnlyList<WaitingCell> cells)
{
    /// <summary>
    /// A step of so many operations takes a GPU some milliseconds, about what it takes the processor to launch its kernels: a cell with smaller steps leaves the GPU idle most of the
    /// time, and another beside it costs neither much.
    /// </summary>
    public const double LaunchBoundFlops = 5e10;

    /// <summary>Cells on one GPU at most: each takes a processor to launch its kernels, and a context of its own.</summary>
    public const int MostOnAGpu = 4;

    /// <summary>What is counted of a cell's memory is a lower bound: workspaces, fragmentation and the libraries' own kernels come on top.</summary>
    public const double MemoryFactor = 1.5;

    /// <summary>CUDA's context and the libraries' kernels, of each process.</summary>
    public const long ContextBytes = 1L << 30;

    /// <summary>Share of a GPU's memory that is given away.</summary>
    public const double UsableMemory = 0.9;

    private readonly Dictionary<string, WaitingCell> known = cells.ToDictionary(c => c.Key);
    private readonly List<WaitingCell> waiting = [.. cells];
    private readonly HashSet<string> alone = [];
    private readonly HashSet<(string Key, string Device)> refused = [];
    private readonly List<ComputeDevice> inService = [.. devices];
    private readonly Dictionary<string, string> running = [];

    /// <summary>Cells that wait, in the order they came.</summary>
    public IReadOnlyList<WaitingCell> Waiting => waiting;

    /// <summary>The devices that have not failed.</summary>
    public IReadOnlyList<ComputeDevice> InService => inService;

    /// <summary>Cells that wait and that no device is left for.</summary>
    public IReadOnlyList<WaitingCell> Stranded => [.. waiting.Where(c => !inService.Any(d => Serves(d, c)))];

    /// <summary>Gives the next place.</summary>
    /// <param name="order">Keys of waiting cells, the most wanted first; one that is not among them waits on.</param>
    /// <returns>Who begins where, or null: nobody can now.</returns>
    public Assignment? Next(IEnumerable<string> order)
    {
        // Who must be alone comes when the others are served: it waits for a device to fall empty, and none is kept empty for it.
        foreach (var key in order.OrderBy(alone.Contains))
        {
            if (waiting.Find(c => c.Key == key) is not { } cell) continue;
            if (inService.Where(d => Serves(d, cell) && HasPlace(d, cell)).OrderBy(d => On(d).Count).FirstOrDefault() is not { } device) continue;
            waiting.Remove(cell);
            running[key] = device.Name;
            return new(key, device.Name);
        }
        return null;
    }

    /// <summary>More is known of a cell that waits.</summary>
    /// <param name="cell">It.</param>
    public void Learn(WaitingCell cell)
    {
        known[cell.Key] = cell;
        if (waiting.FindIndex(c => c.Key == cell.Key) is var at and >= 0) waiting[at] = cell;
    }

    /// <summary>Whether a cell could run on another device than one.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="device">The device's name.</param>
    public bool HasOther(string key, string device) => inService.Exists(d => d.Name != device && Serves(d, known[key]));

    /// <summary>The cells on each place of the devices of a kind: null where one is free. A device that takes as many as fit has one place more than it has cells.</summary>
    /// <param name="kind">"cpu" or "cuda".</param>
    public IReadOnlyList<string?> Places(string kind) =>
        [.. inService.Where(d => d.Kind == kind).SelectMany(d =>
        {
            var cells = On(d);
            return cells.Select(c => (string?)c.Key).Concat(Enumerable.Repeat<string?>(null, Math.Max(0, (d.Places ?? cells.Count + 1) - cells.Count)));
        })];

    /// <summary>A cell has left its place.</summary>
    /// <param name="key">Its key.</param>
    public void Ended(string key) => running.Remove(key);

    /// <summary>A cell that has ended waits again.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="needsToBeAlone">It gets a device only where there is no other cell, and none beside it while it runs.</param>
    /// <param name="notOn">A device that it is not to get again, or null.</param>
    public void PutBack(string key, bool needsToBeAlone, string? notOn = null)
    {
        waiting.Add(known[key]);
        if (needsToBeAlone) alone.Add(key);
        if (notOn is not null) refused.Add((key, notOn));
    }

    /// <summary>Takes a device out of service; cells that run there run on.</summary>
    /// <param name="device">Its name.</param>
    public void Retire(string device) => inService.RemoveAll(d => d.Name == device);

    private bool Serves(ComputeDevice device, WaitingCell cell) => device.Kind == cell.Kind && !refused.Contains((cell.Key, device.Name));

    private List<WaitingCell> On(ComputeDevice device) => [.. running.Where(r => r.Value == device.Name).Select(r => known[r.Key])];

    private bool HasPlace(ComputeDevice device, WaitingCell cell)
    {
        var others = On(device);
        if (others.Count == 0) return true;
        if (alone.Contains(cell.Key) || others.Exists(o => alone.Contains(o.Key))) return false;
        if (device.Places is { } places) return others.Count < places;
        return others.Count < MostOnAGpu && others.Append(cell).All(c => c.StepFlops < LaunchBoundFlops)
            && others.Append(cell).Sum(c => c.DeviceBytes * MemoryFactor + ContextBytes) <= device.MemoryBytes * UsableMemory
            && others.Append(cell).All(c => c.DeviceBytes is not null);
    }
}

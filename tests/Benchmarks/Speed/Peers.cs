using System.Diagnostics;
using System.Globalization;
using Harness.Running;

namespace Benchmarks.Speed;

/// <summary>PyTorch's training of the same network, in processes of peer.py that wait for their turn.</summary>
internal sealed class Peers : IDisposable
{
    private readonly List<Peer> peers = [];

    /// <param name="network">A name of <see cref="Networks"/>.</param>
    /// <param name="device">cpu or cuda.</param>
    /// <param name="threads">Processor threads.</param>
    public Peers(string network, string device, int threads)
    {
        foreach (var way in new[] { "eager", "channels-last", "bf16-channels-last", "compile" })
        {
            var peer = new Peer(way, network, device, threads);
            if (peer.Version is null)
            {
                peer.Dispose();
                continue;
            }
            Version = peer.Version;
            peers.Add(peer);
        }
    }

    /// <summary>"PyTorch 2.10.0", or why there is none.</summary>
    public string Version { get; } = "no PyTorch in python3 to set beside";

    public IEnumerable<Peer> All() => peers;

    public void Dispose()
    {
        foreach (var peer in peers) peer.Dispose();
    }
}

/// <summary>One of them.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Process? process;

    public Peer(string way, string network, string device, int threads)
    {
        Name = $"PyTorch {way}";
        var script = Path.Combine(AppContext.BaseDirectory, "peer.py");
        var start = new ProcessStartInfo("python3", [script, network, way, device, threads.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var setting in ChildSettings.Environment(threads).Keys) start.Environment.Remove(setting);   // as its users run it
        process = Process.Start(start);
        // What it says first is its version; a python3 without torch, or a torch without torch.compile, ends instead.
        Version = process!.StandardOutput.ReadLine();
    }

    public string Name { get; }

    public string? Version { get; }

    /// <summary>Trains some steps; seconds.</summary>
    public Seconds Run(int steps)
    {
        process!.StandardInput.WriteLine(steps.ToString(CultureInfo.InvariantCulture));
        process.StandardInput.Flush();
        var said = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended.");
        var seconds = said.Split(' ').Select(s => double.Parse(s, CultureInfo.InvariantCulture)).ToArray();
        return new(seconds[0], seconds[1]);
    }

    public void Dispose()
    {
        process?.StandardInput.Close();
        process?.WaitForExit();
        process?.Dispose();
    }
}

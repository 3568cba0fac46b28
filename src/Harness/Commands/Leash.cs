using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Harness.Commands;

/// <summary>
/// A child's bond to its parent. Standard input closes when the parent asks for a stop, and when the parent is gone: then the child stops at a checkpoint, and where it does not come
/// to that, since its working thread hangs, it ends all the same, so that no orphan keeps a cell from the next run.
/// </summary>
public sealed class Leash : IDisposable
{
    /// <summary>Longer than the end of an epoch and a checkpoint take; shorter than a parent waits, and than the next run's child waits for the cell's lock.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(90);

    // Signals of a terminal reach its whole process group; the parent decides what they mean.
    private readonly List<PosixSignalRegistration> ignored =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))];

    /// <summary>Takes it up.</summary>
    /// <param name="stop">Set when it closes.</param>
    public Leash(CancellationTokenSource stop) => new Thread(() =>
    {
        while (Console.In.ReadLine() is not null)
        {
        }
        stop.Cancel();
        Thread.Sleep(Grace);
        // Not by Exit, which would wait for whoever holds up the rest.
        Process.GetCurrentProcess().Kill();
    })
    { IsBackground = true, Name = "leash" }.Start();

    /// <summary>Hears signals again.</summary>
    public void Dispose() => ignored.ForEach(registration => registration.Dispose());
}

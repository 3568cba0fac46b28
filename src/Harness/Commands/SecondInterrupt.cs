using System.Globalization;
using System.Runtime.InteropServices;
using Harness.Running;
using Microsoft.Extensions.Hosting;

namespace Harness.Commands;

/// <summary>
/// The first Ctrl-C, SIGTERM or end of the terminal stops at a checkpoint, through the host's lifetime; who sends a second one, of whichever kind, wants the process gone. Children see
/// their leash go and end by themselves.
/// </summary>
/// <param name="lifetime">Stopped at the first; it hears Ctrl-C and SIGTERM by itself.</param>
public sealed class SecondInterrupt(IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private readonly List<PosixSignalRegistration> registrations = [];
    private int interrupts;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            if (signal != PosixSignal.SIGHUP || !HangUpIsIgnored()) registrations.Add(PosixSignalRegistration.Create(signal, Hear));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Hear(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref interrupts) > 1) Environment.Exit(ExitCode.Cancelled);
        lifetime.StopApplication();
    }

    // Under nohup the run outlives its terminal, as it was asked to.
    private static bool HangUpIsIgnored()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        if (!File.Exists(Status)) return false;
        var line = File.ReadLines(Status).FirstOrDefault(l => l.StartsWith(Ignored, StringComparison.Ordinal));
        return line is not null && (ulong.Parse(line[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) != 0;
    }
}

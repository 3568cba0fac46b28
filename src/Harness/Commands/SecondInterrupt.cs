using System.Runtime.InteropServices;
using Harness.Running;
using Microsoft.Extensions.Hosting;

namespace Harness.Commands;

/// <summary>
/// The first Ctrl-C stops at a checkpoint, through the host's lifetime; who presses it again wants the prompt back. Children see their leash go and end by themselves.
/// </summary>
public sealed class SecondInterrupt : IHostedService, IDisposable
{
    private PosixSignalRegistration? registration;
    private int interrupts;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            if (Interlocked.Increment(ref interrupts) > 1) Environment.Exit(ExitCode.Cancelled);
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => registration?.Dispose();
}

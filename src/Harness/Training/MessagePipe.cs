using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Harness.Training;

/// <summary>
/// The way to the parent: the standard output that the process was started with, kept for messages alone. Whatever else the process prints, plugins and native code included, goes
/// to standard error, where it cannot fall into the middle of a message.
/// </summary>
public sealed partial class MessagePipe : IDisposable
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>fcntl's F_DUPFD_CLOEXEC: a process that a plugin starts does not hold the pipe open.</summary>
    private const int DuplicateClosedInChildren = 1030;

    private readonly Lock writing = new();
    private readonly Stream stream;

    private MessagePipe(Stream stream) => this.stream = stream;

    /// <summary>Takes the standard output over.</summary>
    /// <exception cref="IOException">The system refuses.</exception>
    public static MessagePipe TakeStandardOutput()
    {
        if (!OperatingSystem.IsLinux())
        {
            var output = Console.OpenStandardOutput();
            Console.SetOut(Console.Error);
            return new(output);
        }
        var kept = Control(StandardOutput, DuplicateClosedInChildren, StandardError + 1);
        if (kept < 0 || Duplicate(StandardError, StandardOutput) < 0) throw new IOException($"The standard output cannot be taken over: error {Marshal.GetLastPInvokeError()}.");
        return new(new FileStream(new SafeFileHandle(kept, ownsHandle: true), FileAccess.Write, bufferSize: 0));
    }

    /// <summary>Sends a message; from any thread. Where the parent is gone nothing happens: the leash tells of that.</summary>
    /// <param name="message">The message.</param>
    public void Send(CellMessage message) => Send(message.ToLine());

    /// <summary>Sends a message of another kind, likewise.</summary>
    /// <param name="line">One line.</param>
    public void Send(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (writing)
            try
            {
                stream.Write(bytes);
            }
            catch (IOException)
            {
                // The other end is closed.
            }
    }

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        lock (writing) stream.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);
}

using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Spectre.Console;

namespace Harness.Watching;

/// <summary>
/// A run on a terminal: the table of its cells, drawn anew twice a second, and above it what the log has to say: while the table is there warnings and
/// errors only, since it shows the rest.
/// </summary>
/// <param name="console">The terminal.</param>
/// <param name="format">How a line of the log is written.</param>
public sealed class LiveTable(IAnsiConsole console, ITextFormatter format) : ILogEventSink
{
    private static readonly TimeSpan BetweenDrawings = TimeSpan.FromMilliseconds(500);

    // The table is drawn and the lines are written by one thread: a line in the middle of a drawing would tear it.
    private readonly ConcurrentQueue<LogEvent> waiting = new();
    private volatile bool drawing;

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        if (!drawing) Write(logEvent);
        else if (logEvent.Level >= LogEventLevel.Warning) waiting.Enqueue(logEvent);
    }

    /// <summary>Shows a run while something is done.</summary>
    /// <param name="progress">How the run stands.</param>
    /// <param name="work">What is done; the table stays as it was at its end.</param>
    public async Task WhileAsync(RunProgress progress, Func<Task> work)
    {
        // The library brings the cursor back at the table's end, which a second Ctrl-C does not wait for.
        AppDomain.CurrentDomain.ProcessExit += ShowCursor;
        drawing = true;
        try
        {
            await console.Live(Text.Empty).Overflow(VerticalOverflow.Crop).StartAsync(async table =>
            {
                var running = work();
                while (true)
                {
                    var ended = running.IsCompleted;
                    while (waiting.TryDequeue(out var line)) Write(line);
                    table.UpdateTarget(StatusTable.Render(progress.Now(), console.Profile.Width, console.Profile.Height));
                    if (ended) break;
                    await Task.WhenAny(running, Task.Delay(BetweenDrawings, CancellationToken.None));
                }
                await running;
            });
        }
        finally
        {
            drawing = false;
            while (waiting.TryDequeue(out var line)) Write(line);
            AppDomain.CurrentDomain.ProcessExit -= ShowCursor;
        }
    }

    // Past the library, which draws its table before whatever it writes, and may just be doing so.
    private void ShowCursor(object? sender, EventArgs e)
    {
        console.Profile.Out.Writer.Write("\u001b[?25h");
        console.Profile.Out.Writer.Flush();
    }

    private void Write(LogEvent line)
    {
        using var text = new StringWriter();
        format.Format(line, text);
        console.Write(new Text(text.ToString().TrimEnd('\n', '\r') + "\n", line.Level switch
        {
            >= LogEventLevel.Error => Color.Red,
            LogEventLevel.Warning => Color.Yellow,
            _ => Style.Plain,
        }));
    }
}

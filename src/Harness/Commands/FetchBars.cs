using Harness.Fetching;
using Spectre.Console;

namespace Harness.Commands;

/// <summary>Progress on a terminal: a bar a file with speed and time left, sentences above.</summary>
public sealed class FetchBars : IFetchProgress
{
    private readonly IAnsiConsole console;
    private readonly ProgressContext bars;
    private ProgressTask? bar;

    private FetchBars(IAnsiConsole console, ProgressContext bars) => (this.console, this.bars) = (console, bars);

    /// <summary>Shows bars while something is fetched.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="fetch">What is done meanwhile.</param>
    /// <returns>What <paramref name="fetch"/> returns.</returns>
    public static Task<T> WhileAsync<T>(IAnsiConsole console, Func<IFetchProgress, Task<T>> fetch) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
        .StartAsync(bars => fetch(new FetchBars(console, bars)));

    /// <inheritdoc/>
    public void Begin(string name)
    {
        bar = bars.AddTask(Markup.Escape(name));
        bar.IsIndeterminate = true;
    }

    /// <inheritdoc/>
    public void At(long bytes, long? total)
    {
        if (bar is null) return;
        bar.IsIndeterminate = total is null;
        bar.MaxValue = total ?? bytes;
        bar.Value = bytes;
    }

    /// <inheritdoc/>
    public void End()
    {
        bar?.StopTask();
        bar = null;
    }

    /// <inheritdoc/>
    public void Say(string sentence) => console.WriteLine(sentence);
}

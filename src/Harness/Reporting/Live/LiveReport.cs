using Harness.Results;

namespace Harness.Reporting.Live;

/// <summary>The report of a run that may still go on: made anew when its folder has changed.</summary>
public sealed class LiveReport
{
    /// <summary>How often the folder is looked at.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Rest after a making, in its lengths: no more than a tenth of the time is spent on it, since it takes a processor from the run.</summary>
    private const double Rest = 9;

    private readonly RunFolder run;
    private readonly Lock changing = new();
    private TaskCompletionSource changed = New();
    private int stamp;

    /// <summary>Makes the first page.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="RunFolderException">The folder holds no run, or a damaged one.</exception>
    public LiveReport(RunFolder run)
    {
        (this.run, stamp) = (run, run.Stamp());
        Page = ReportWriter.Live(run, Version);
    }

    /// <summary>The run's folder.</summary>
    public RunFolder Run => run;

    /// <summary>Counts the pages, from 1.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>The newest page, in UTF-8.</summary>
    public byte[] Page { get; private set; }

    /// <summary>Makes the page anew if the folder has changed. One that cannot be read now leaves the page as it is.</summary>
    /// <returns>Whether there is a new one.</returns>
    public bool Refresh()
    {
        var now = run.Stamp();
        if (now == stamp) return false;
        try
        {
            var page = ReportWriter.Live(run, Version + 1);
            lock (changing)
            {
                (Page, Version, stamp) = (page, Version + 1, now);
                changed.SetResult();
                changed = New();
            }
            return true;
        }
        catch (Exception e) when (e is RunFolderException or IOException)
        {
            return false;
        }
    }

    /// <summary>Ends when the newest page is another than one that is known.</summary>
    /// <param name="known">Its version.</param>
    public Task Beyond(int known)
    {
        lock (changing) return known != Version ? Task.CompletedTask : changed.Task;
    }

    /// <summary>Keeps it up to date.</summary>
    /// <param name="clock">Tells when to look and how long a making takes.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="OperationCanceledException">It is ended.</exception>
    public async Task KeepAsync(TimeProvider clock, CancellationToken stop)
    {
        while (true)
        {
            var start = clock.GetTimestamp();
            Refresh();
            var rest = clock.GetElapsedTime(start) * Rest;
            await Task.Delay(rest > BetweenLooks ? rest : BetweenLooks, clock, stop);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Reporting;

/// <summary>Writes report/index.html of a run: one self-contained page that needs no network, made from the run folder and nothing else.</summary>
public static class ReportWriter
{
    /// <summary>Reads a run, finished or not, and writes its report in place of an older one.</summary>
    /// <param name="run">The run's folder.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="RunFolderException">The folder holds no run, or a damaged one. Nothing is written then.</exception>
    public static string Write(RunFolder run)
    {
        var view = Read(run);
        AtomicFile.Write(run.ReportPath, stream => ReportPage.Write(view, Reader(run, view), stream));
        return run.ReportPath;
    }

    /// <summary>The same page into memory, such that it makes itself anew when whoever serves it says that the run has gone on.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="RunFolderException">The folder holds no run, or a damaged one.</exception>
    /// <param name="version">Which page of the run it is.</param>
    internal static byte[] Live(RunFolder run, int version)
    {
        var view = Read(run);
        using var page = new MemoryStream();
        ReportPage.Write(view, Reader(run, view), page, version);
        return page.ToArray();
    }

    /// <summary>Reads a run for a report.</summary>
    internal static RunView Read(RunFolder run)
    {
        var plan = run.ReadPlan();
        return new(plan, run.ReadEnvironment(), run.ReadCells(plan, (place, cell) => new CellView(place, cell)));
    }

    private static Func<CellView, CellRecord> Reader(RunFolder run, RunView view) => cell => run.ReadCell(view.Plan.Cells[cell.Place]);
}

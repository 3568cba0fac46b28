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
        var plan = run.ReadPlan();
        var view = new RunView(plan, run.ReadEnvironment(), run.ReadCells(plan, (place, cell) => new CellView(place, cell)));
        AtomicFile.Write(run.ReportPath, stream => ReportPage.Write(view, stream));
        return run.ReportPath;
    }
}

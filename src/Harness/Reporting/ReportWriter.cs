using System.Text;
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
        var page = ReportPage.Render(new RunView(run.Read())).ToString();
        AtomicFile.Write(run.ReportPath, stream =>
        {
            using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            text.Write(page);
        });
        return run.ReportPath;
    }
}

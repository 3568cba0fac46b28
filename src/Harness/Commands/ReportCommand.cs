using System.CommandLine;
using Harness.Reporting;
using Harness.Results;
using Harness.Running;

namespace Harness.Commands;

/// <summary><c>report RUN</c>: makes the report of a run folder again. Needs neither libtorch nor plugins.</summary>
public static class ReportCommand
{
    private static readonly Argument<string> Run = new Argument<string>("run") { Description = "The run folder." }.NotEmpty();

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("report", "Writes the report of a run folder, finished or not.") { Run };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() =>
        {
            var folder = new RunFolder(arguments.GetValue(Run)!);
            ReportWriter.Write(folder);
            Console.WriteLine(folder.ReportPath);
            return Task.FromResult(ExitCode.Done);
        }));
        return command;
    }
}

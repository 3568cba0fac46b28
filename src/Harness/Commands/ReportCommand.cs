using System.CommandLine;
using System.Runtime.InteropServices;
using Harness.Reporting;
using Harness.Reporting.Figures;
using Harness.Reporting.Live;
using Harness.Results;
using Harness.Running;

namespace Harness.Commands;

/// <summary><c>report RUN</c>: makes the report of a run folder again, serves it while the run goes on, or writes its figures as files. Needs neither libtorch nor plugins.</summary>
public static class ReportCommand
{
    private const int LargestPort = 65535;

    private static readonly Argument<string> Run = new Argument<string>("run") { Description = "The run folder." }.NotEmpty();

    private static readonly Option<bool> Watch = new("--watch")
    {
        Description = "Serves the report to this machine alone, at an address that is printed, and keeps it up to date while the run goes on; Ctrl-C ends.",
    };

    private static readonly Option<int?> Port = MakePort();

    private static readonly Option<string?> Figures = new Option<string?>("--figures")
    {
        Description = "Writes the figures as SVG and PNG instead of the page, into DIR; RUN/report/figures where no folder is named.",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    }.NotEmpty();

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("report", "Writes the report of a run folder, finished or not.") { Run, Watch, Port, Figures };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Watch) is not null && result.GetResult(Figures) is not null) result.AddError("--watch and --figures do not go together: name one of them.");
            if (result.GetResult(Port) is not null && result.GetResult(Watch) is null) result.AddError("--port is the port that --watch listens on: give --watch with it.");
        });
        command.SetAction((arguments, _) => Refusal.CatchAsync(() =>
        {
            var folder = new RunFolder(arguments.GetValue(Run)!);
            if (arguments.GetValue(Watch)) return WatchAsync(folder, arguments.GetValue(Port));
            return Task.FromResult(arguments.GetResult(Figures) is null ? WritePage(folder) : WriteFigures(folder, arguments.GetValue(Figures) ?? folder.FiguresPath));
        }));
        return command;
    }

    private static int WritePage(RunFolder folder)
    {
        ReportWriter.Write(folder);
        Console.WriteLine(folder.ReportPath);
        return ExitCode.Done;
    }

    private static int WriteFigures(RunFolder folder, string target)
    {
        var (written, withoutPng) = FigureFiles.Write(folder, target);
        foreach (var file in written) Console.WriteLine(file);
        if (written.Count == 0) Console.Error.WriteLine("Nothing is written: no quantity of a figure has been measured yet.");
        if (withoutPng is null) return ExitCode.Done;
        Console.Error.WriteLine($"The PNG files are not written, since libvips cannot draw here: {withoutPng}");
        return ExitCode.SomeFailed;
    }

    private static async Task<int> WatchAsync(RunFolder folder, int? port)
    {
        using var ending = new CancellationTokenSource();
        var stop = ending.Token;
        var signals = new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, heard =>
        {
            heard.Cancel = true;
            ending.Cancel();
        })).ToArray();
        var report = new LiveReport(folder);
        using var server = LoopbackServer.Start(report, port);
        Console.WriteLine($"{server.Address} shows {folder.Path} as it goes on; Ctrl-C ends.");
        try
        {
            await Task.WhenAll(server.RunAsync(stop), Task.Run(() => report.KeepAsync(TimeProvider.System, stop), CancellationToken.None));
        }
        catch (OperationCanceledException)
        {
            // Being ended is how it ends.
        }
        foreach (var signal in signals) signal.Dispose();
        return ExitCode.Done;
    }

    private static Option<int?> MakePort()
    {
        var option = new Option<int?>("--port") { Description = "The port that --watch listens on; any free one where absent.", HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var n) && n is >= 1 and <= LargestPort))
                result.AddError($"--port '{result.Tokens[0].Value}' is not a whole number from 1 to {LargestPort}.");
        });
        return option;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using Harness.Results;
using Testing;

namespace Benchmarks;

/// <summary>What reading a large run folder costs: time and memory of <c>status</c> and <c>report</c>, each in a process of its own as a user starts it.</summary>
internal static class RunFolderBenchmark
{
    private const int PlacesOfTheMatrix = 4;

    /// <summary>What a thousand finished cells may take, on a machine that does nothing else.</summary>
    private const double MostSeconds = 5, MostMegabytes = 500;

    public static int Run(int cells, int epochs)
    {
        using var scratch = new ScratchFolder();
        var folder = new RunFolder(scratch["run"]);
        SyntheticRun.Save(
            new SyntheticRun { Epochs = epochs, Architectures = ["vgg", "resnet"], Datasets = ["mnist", "cifar10"], Seeds = Math.Max(1, cells / PlacesOfTheMatrix) }.Record(), folder);
        GC.Collect();
        var lines = folder.Read().Cells.Sum(c => (long)c.Measurements.Count);
        Console.WriteLine($"{folder.CellKeys().Count()} cells, {lines:n0} measurements; for 1,000 cells no more than {MostSeconds} s and {MostMegabytes} MB each");
        var failed = 0;
        foreach (var arguments in new string[][] { ["status", folder.Path], ["status", folder.Path, "--json"], ["report", folder.Path] })
            failed |= Time(arguments);
        Console.WriteLine($"report: {new FileInfo(folder.ReportPath).Length / 1e6:f1} MB");
        return failed;
    }

    private static int Time(string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = HarnessCommandLine.Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        long peak = 0;
        var processor = TimeSpan.Zero;
        while (!process.WaitForExit(5)) (peak, processor) = (Math.Max(peak, PeakMemory(process.Id)), ProcessorTime(process) ?? processor);
        Console.WriteLine($"{string.Join(' ', arguments.Where(a => !a.StartsWith('/'))),-14} {clock.Elapsed.TotalSeconds,6:f2} s  {processor.TotalSeconds,6:f2} s of processors  {peak / 1e6,6:f0} MB  exit code {process.ExitCode}  {output.Result.Length:n0} characters");
        return process.ExitCode;
    }

    /// <summary>Of all threads so far, which a busy machine lengthens less than the clock's time; null once the process is gone.</summary>
    private static TimeSpan? ProcessorTime(Process process)
    {
        try
        {
            return process.TotalProcessorTime;
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The kernel's high-water mark; 0 once the process is gone.</summary>
    private static long PeakMemory(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Harness;
using Harness.Datasets.Cifar;
using Harness.Datasets.Glyphs;
using Harness.Datasets.Mnist;
using Harness.Datasets.Stl10;
using Harness.Datasets.Svhn;
using Harness.Images;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>
/// How long the six small data sets take to load, both splits: the first time, decoded and cached, and from then on; and glyphs, drawn each time. Each load is a process of its own, and the time
/// includes the fingerprint of the files; that libtorch is loaded it does not.
/// </summary>
internal static class CacheBenchmark
{
    private static readonly Dictionary<string, Func<IDataset>> Sets = new()
    {
        ["mnist"] = () => new MnistDataset(),
        ["fashion-mnist"] = () => new FashionMnistDataset(),
        ["cifar10"] = () => new Cifar10Dataset(),
        ["cifar100"] = () => new Cifar100Dataset(),
        ["svhn"] = () => new SvhnDataset(),
        ["stl10"] = () => new Stl10Dataset(),
        // Has no files and is not cached: drawn each time.
        ["glyphs"] = () => new GlyphsDataset(new()),
    };

    /// <summary>Measures all of them.</summary>
    /// <param name="data">Folder of the data sets, or null. Only read.</param>
    public static void Run(string? data)
    {
        var scratch = Directory.CreateTempSubdirectory("harness-benchmark-");
        try
        {
            Console.WriteLine("set            files       MB  decoded s  cached s  processor s  managed MB  anonymous MB");
            foreach (var (set, make) in Sets)
            {
                var real = Provide(set, make().Card, data, scratch.FullName);
                var (first, _) = Child(set, scratch.FullName);
                // The second fills the memory of large files' hashes; from the third on nothing changes.
                Child(set, scratch.FullName);
                var (third, line) = Child(set, scratch.FullName);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set,-14} {(real ? "real" : "made up"),-7} {line[1],6} {first,10:f2} {third,9:f2} {line[2],12} {line[3],11} {line[4],13}"));
                Directory.Delete(scratch.FullName, recursive: true);
            }
        }
        finally
        {
            if (scratch.Exists) scratch.Delete(recursive: true);
        }
    }

    /// <summary>Loads one and prints seconds, megabytes of images, seconds of all processors, megabytes allocated by .NET, megabytes of memory that the process has more than before.</summary>
    /// <param name="set">Its name.</param>
    /// <param name="data">Folder of the data sets.</param>
    public static void Load(string set, string data)
    {
        zeros(1).Dispose();
        FileFingerprint.Remembered = new RememberedHashes(Path.Combine(data, ".hashes")).Of;
        var (managed, anonymous, busy, clock) = (GC.GetTotalAllocatedBytes(), Anonymous(), Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
        var loader = new ImageLoader(Sets[set](), new() { Label = set, Plugin = set, Options = [], Subsample = new() }, "benchmark", new(data), Console.Error.WriteLine);
        using var train = loader.Load(Split.Train, CPU, ImagePlacement.Resident, CancellationToken.None, out _);
        using var test = loader.Load(Split.Test, CPU, ImagePlacement.Resident, CancellationToken.None, out _);
        var seconds = clock.Elapsed.TotalSeconds;
        var bytes = (long)(train.Count + test.Count) * train.Shape.Bytes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:f3} {bytes >> 20} {(Environment.CpuUsage.TotalTime - busy).TotalSeconds:f2} {GC.GetTotalAllocatedBytes() - managed >> 20} {Anonymous() - anonymous >> 20}"));
    }

    /// <summary>Puts links to the published files where they are, else files made up, into a data folder.</summary>
    private static bool Provide(string set, DatasetCard card, string? data, string scratch)
    {
        var folder = Path.Combine(scratch, set);
        if (data is not null && Directory.Exists(Path.Combine(data, set)) && IsWhole(set, data))
        {
            Directory.CreateDirectory(scratch);
            Directory.CreateSymbolicLink(folder, Path.GetFullPath(Path.Combine(data, set)));
            return true;
        }
        TrueSizeFiles.Write(set, card, folder);
        return false;
    }

    private static bool IsWhole(string set, string data)
    {
        try
        {
            Sets[set]().Fingerprint(new(data));
            return true;
        }
        catch (DatasetException)
        {
            return false;
        }
    }

    private static (double Seconds, string[] Line) Child(string set, string data)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["load", set, "--data", data]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{set} could not be loaded.");
        var line = output.Trim().Split(' ');
        return (double.Parse(line[0], CultureInfo.InvariantCulture), line);
    }

    private static long Anonymous() => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}

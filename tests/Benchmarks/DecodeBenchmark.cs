using System.Diagnostics;
using System.Globalization;
using Harness;
using Harness.Datasets.ImageNet;
using Harness.Images;
using NetVips;

namespace Benchmarks;

/// <summary>
/// Images a second from JPEG files to bytes on all processors: what the harness does, into memory and into its cache, beside libvips with nothing around it: the same
/// operations, its own thumbnailer, and a decoding of every pixel. Each is repeated in turn and the best of its times counts.
/// </summary>
internal static class DecodeBenchmark
{
    private const int Rounds = 5;
    private const int Images = 1000;

    /// <summary>Measures photographs of the training folder, and those of their original sizes where the folder has them.</summary>
    /// <param name="data">Folder of the data sets.</param>
    public static void Run(string? data)
    {
        if (data is null || !Directory.Exists(Path.Combine(data, "imagenet"))) throw new InvalidOperationException("Needs photographs of ILSVRC2012: --data DIR with DIR/imagenet.");
        Console.WriteLine($"{Environment.ProcessorCount} processors, {Images} images a round, best of {Rounds} rounds; ratios are to the first line");
        foreach (var folder in new[] { "train", "originals" }.Where(name => Directory.Exists(Path.Combine(data, "imagenet", name))))
            foreach (var side in new[] { 224, 64 })
                Measure(Path.Combine(data, "imagenet", folder), side);
    }

    private static void Measure(string folder, int side)
    {
        var scratch = Directory.CreateTempSubdirectory("harness-benchmark-");
        try
        {
            var classes = Link(folder, Path.Combine(scratch.FullName, "imagenet"));
            var dataset = new ImageNetDataset(new() { Classes = ClassSelection.Of([.. classes]), ImageSize = side });
            var root = new DataRoot(scratch.FullName);
            using var source = dataset.Open(Split.Train, root);
            var files = Directory.GetFiles(Path.Combine(scratch.FullName, "imagenet", "train"), "*", SearchOption.AllDirectories);
            int[] all = [.. Enumerable.Range(0, files.Length)];
            var pixels = new byte[(long)files.Length * dataset.Card.Shape.Bytes];

            (string What, Action Do)[] ways =
            [
                ("libvips, the same operations", () => Parallel.ForEach(files, file => Same(file, side))),
                ("libvips, its thumbnailer", () => Parallel.ForEach(files, file => Thumbnail(file, side))),
                ("libvips, every pixel decoded", () => Parallel.ForEach(files, Whole)),
                ("harness, into memory", () => source.Read(all, pixels)),
                ("harness, into the cache", () => Cache(dataset, root)),
            ];
            var best = ways.Select(_ => double.MaxValue).ToArray();
            var busy = ways.Select(_ => double.MaxValue).ToArray();
            for (var round = 0; round < Rounds; round++)
                foreach (var (i, way) in ways.Index())
                {
                    var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
                    way.Do();
                    best[i] = Math.Min(best[i], clock.Elapsed.TotalSeconds);
                    busy[i] = Math.Min(busy[i], (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
                }
            Console.WriteLine($"{Path.GetFileName(folder)} to {side} x {side}: images a second, ratio; processor milliseconds an image, ratio");
            foreach (var (i, way) in ways.Index())
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {way.What,-30} {files.Length / best[i],7:f0} {best[0] / best[i],6:f2} {busy[i] / files.Length,7:f2} {busy[0] / busy[i],6:f2}"));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static void Cache(ImageNetDataset dataset, DataRoot root)
    {
        var folder = Path.Combine(root.Folder!, ".cache");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        new ImageLoader(dataset, new() { Label = "imagenet", Plugin = "imagenet", Options = [], Subsample = new() }, "benchmark", root, Console.Error.WriteLine)
            .Load(Split.Train, TorchSharp.torch.CPU, ImagePlacement.Streamed, CancellationToken.None, out _).Dispose();
    }

    /// <summary>What the plugin asks of libvips, written down without it.</summary>
    private static void Same(string path, int side)
    {
        var file = File.ReadAllBytes(path);
        var shorter = (int)Math.Round(side * 256 / 224.0);
        using var header = Image.NewFromBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
        var excess = Math.Min(header.Width, header.Height) / shorter;
        var shrink = excess >= 16 ? 8 : excess >= 8 ? 4 : excess >= 4 ? 2 : 1;
        using var image = shrink > 1 ? Image.JpegloadBuffer(file, shrink: shrink, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated) : header;
        var scale = (double)shorter / Math.Min(header.Width, header.Height);
        int width = (int)(header.Width * scale), height = (int)(header.Height * scale);
        using var resized = image.Resize((double)width / image.Width, Enums.Kernel.Linear, vscale: (double)height / image.Height);
        using var cropped = resized.Crop((resized.Width - side) / 2, (resized.Height - side) / 2, side, side);
        Write(cropped);
    }

    private static void Thumbnail(string path, int side)
    {
        using var image = Image.ThumbnailBuffer(File.ReadAllBytes(path), side, height: side, crop: Enums.Interesting.Centre);
        Write(image);
    }

    private static void Whole(string path)
    {
        using var image = Image.NewFromBuffer(File.ReadAllBytes(path), access: Enums.Access.Sequential);
        Write(image);
    }

    private static void Write(Image image) => NetVips.NetVips.Free(image.WriteToMemory(out _));

    /// <summary>A folder tree as ImageNet's, of links, with as many images as are measured: where there are fewer, each several times.</summary>
    private static IReadOnlyList<string> Link(string from, string to)
    {
        var classes = Directory.GetDirectories(from).Where(folder => Directory.GetFiles(folder).Length > 0).Order(StringComparer.Ordinal).ToList();
        foreach (var folder in classes)
        {
            var files = Directory.GetFiles(folder);
            foreach (var split in new[] { "train", "val" })
            {
                var own = Directory.CreateDirectory(Path.Combine(to, split, Path.GetFileName(folder))).FullName;
                for (var i = 0; i < Images / classes.Count; i++) File.CreateSymbolicLink(Path.Combine(own, $"{i:d4}.JPEG"), Path.GetFullPath(files[i % files.Length]));
            }
        }
        return [.. classes.Select(folder => Path.GetFileName(folder)!)];
    }
}

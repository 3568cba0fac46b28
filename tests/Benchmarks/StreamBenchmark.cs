using System.Diagnostics;
using System.Globalization;
using Harness;
using Harness.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace Benchmarks;

/// <summary>Images a second through a small convolutional network, forward and backward, where they lie on the device and where they are streamed.</summary>
internal static class StreamBenchmark
{
    private const int Batch = 128;
    private const int Count = 64 * Batch;
    private const int Rounds = 3;
    private static readonly ImageShape Shape = new(3, 64, 64);

    /// <summary>Measures on the GPU where there is one, else on the CPU.</summary>
    public static void Run()
    {
        set_num_threads(1);
        var device = cuda.is_available() ? CUDA : CPU;
        using var decoded = new BufferedImages(new(new ImagesInMemory(Shape, new byte[(long)Count * Shape.Bytes], new int[Count]), [.. Enumerable.Range(0, Count)]), CancellationToken.None);
        using var resident = ResidentImages.Copy(decoded, Shape, device);
        // Does not own what it streams here: 'decoded' is disposed last.
        var streamed = new StreamedImages(decoded, Shape, device);
        using var network = nn.Sequential(nn.Conv2d(3, 16, 3, stride: 2), nn.ReLU(), nn.Conv2d(16, 32, 3, stride: 2), nn.ReLU(), nn.AdaptiveAvgPool2d(1)).to(device);
        var order = new SeededRandom(1).Permutation(Count);
        var best = new double[] { double.MaxValue, double.MaxValue };
        for (var round = 0; round < Rounds; round++)
            foreach (var (i, images) in new ImageSet[] { resident, streamed }.Index())
            {
                var clock = Stopwatch.StartNew();
                foreach (var batch in images.Batches(order.Chunk(Batch)))
                {
                    using var inUse = batch;
                    using var scope = NewDisposeScope();
                    network.forward(batch).sum().backward();
                }
                if (device.type == DeviceType.CUDA) cuda.synchronize();
                best[i] = Math.Min(best[i], clock.Elapsed.TotalSeconds);
            }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{device}: resident {Count / best[0]:f0}, streamed {Count / best[1]:f0} images a second: {best[0] / best[1]:f2}"));
    }
}

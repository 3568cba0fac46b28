using System.Diagnostics;
using Harness.Images;
using Harness.Manifests;
using Harness.Measuring;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>Times a few training steps of a network, by the loop that trains cells, on images made up for it.</summary>
public static class StepTimer
{
    /// <summary>Steps of the epoch that is timed and of the one before it, in which kernels are chosen and code is compiled.</summary>
    private const int Steps = 3;

    /// <summary>Operations of a step on a CPU, some tenths of a second: a larger batch is timed by fewer images.</summary>
    private const double FlopsOfAStep = 2e9;

    /// <summary>A network of which not even the smallest step is done in about a second is not timed on a CPU.</summary>
    private const double MostFlopsOfAStep = 2e10;

    /// <summary>Batch normalisation needs two.</summary>
    private const int FewestImages = 2;

    /// <summary>Images of a step that is timed: on a CPU as many of the batch as are done soon, on a GPU, which is as slow with few, all.</summary>
    /// <param name="batchSize">Those of the cell's own steps.</param>
    /// <param name="flopsOfAnImage">Operations of an image's training.</param>
    /// <param name="kind">"cpu" or "cuda".</param>
    /// <returns>How many, or null where it would take too long.</returns>
    public static int? BatchSize(int batchSize, double flopsOfAnImage, string kind)
    {
        if (kind != "cpu") return batchSize;
        if (flopsOfAnImage * FewestImages > MostFlopsOfAStep) return null;
        return (int)Math.Clamp(FlopsOfAStep / flopsOfAnImage, Math.Min(FewestImages, batchSize), batchSize);
    }

    /// <summary>Times it.</summary>
    /// <param name="cell">The cell; its learning rate is of no effect on the time.</param>
    /// <param name="classifier">Its network, on the device. Disposed here.</param>
    /// <param name="input">What the network gets.</param>
    /// <param name="classes">How many.</param>
    /// <param name="batchSize">Images of a step.</param>
    /// <param name="device">Where.</param>
    /// <returns>Seconds of training that an image takes.</returns>
    public static double SecondsOfAnImage(CellSpec cell, Classifier classifier, ImageShape input, int classes, int batchSize, Device device)
    {
        var count = Steps * batchSize;
        using var images = new ResidentImages(
            arange((long)count * input.Bytes, device: device).remainder(byte.MaxValue).to_type(ScalarType.Byte).view(count, input.Channels, input.Height, input.Width),
            [.. Enumerable.Range(0, count).Select(i => i % classes)]);
        var perChannel = Enumerable.Repeat(0.5, input.Channels).ToList();
        using var network = new PixelNetwork(classifier, new(perChannel, perChannel), images, images, device, new());
        using var sgd = FlatSgd.Of(classifier, cell.Training, input, device);
        using var second = new SecondEpoch();
        // Rate 0, so that no loss runs away; one epoch more than is timed, since the last is measured.
        var spec = cell with { Training = cell.Training with { Epochs = 3, BatchSize = batchSize, LearningRate = 0 }, MeasuredEpochs = [], Metrics = [] };
        try
        {
            new TrainingLoop(spec, network, images, sgd, device, second).Run(TrainingState.Start, second.Over, second.Over);
        }
        catch (OperationCanceledException) when (second.Over.IsCancellationRequested)
        {
            // That is its end.
        }
        return second.Seconds / count;
    }

    /// <summary>Stops the clock, and the training, after the second epoch's steps: the loss has been read then, so the device has done them all.</summary>
    private sealed class SecondEpoch : ITrainingObserver, IDisposable
    {
        private readonly CancellationTokenSource over = new();
        private readonly Stopwatch clock = new();

        public CancellationToken Over => over.Token;

        public double Seconds => clock.Elapsed.TotalSeconds;

        public void Steps(int epoch, int step, int steps)
        {
            if (epoch == 2) clock.Start();
        }

        public void Trained(TrainedEpoch epoch)
        {
            if (epoch.Epoch != 2) return;
            clock.Stop();
            over.Cancel();
        }

        public void Measure(EpochSnapshot snapshot, IEnumerable<MetricUse> due)
        {
        }

        public void EpochEnded(TrainingState state)
        {
        }

        public void Dispose() => over.Dispose();
    }
}

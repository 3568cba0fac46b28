using System.Runtime.InteropServices;
using Harness.Measuring;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>Orders of an image batch in memory. Its shape is N x C x H x W in each; strides tell the order, and operators pass it on.</summary>
public static class Layout
{
    /// <summary>The images as NHWC.</summary>
    /// <param name="images">N x C x H x W.</param>
    /// <returns>The same values and shape, a view where nothing had to move. The caller's dispose scope owns it.</returns>
    public static Tensor ChannelsLast(Tensor images) => images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>
    /// Whether a network can be given NHWC: some flatten activations in a way that only NCHW allows (<c>view</c> where <c>flatten</c> would do) and throw.
    /// </summary>
    /// <param name="classifier">Its weights are NHWC already. Its values and its mode stay what they are.</param>
    /// <param name="shape">Of one image.</param>
    /// <param name="device">Where it lives.</param>
    public static bool BearsChannelsLast(Classifier classifier, ImageShape shape, Device device)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var eval = new EvalMode(classifier);
        try
        {
            classifier.forward(ChannelsLast(zeros([2, shape.Channels, shape.Height, shape.Width], device: device)));
            return true;
        }
        catch (ExternalException)
        {
            return false;
        }
    }
}

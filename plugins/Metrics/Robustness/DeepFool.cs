using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness;

/// <summary>
/// DeepFool in L2 (Moosavi-Dezfooli, Fawzi and Frossard 2016, algorithm 2) on a whole batch: all images advance together, and those that are
/// broken drop out.
/// </summary>
/// <remarks>
/// From the predicted label, in pixels, not clipped. At each iteration an image crosses the nearest of the hyperplanes that the gaps f_k - f_0 are linearised
/// to, by a step of |f_k - f_0| / ‖w_k‖ + 1e-4 along w_k = ∇(f_k - f_0); the image tried is x + (1 + overshoot) r. Gaps of logits do not underflow where the
/// softmax of a collapsed network does.
/// </remarks>
/// <param name="network">The network, in eval mode, where an image's logits do not depend on its neighbours.</param>
/// <param name="options">How far and how long.</param>
/// <param name="cancellation">Checked at each iteration.</param>
internal sealed class DeepFool(ITrainedNetwork network, RobustnessOptions options, CancellationToken cancellation)
{
    private const double StepFloor = 1e-4;

    // Copies of images, one for each candidate, that go through the network at once. On a processor more than these would cost the forward pass more than they save.
    private const int MostCopiesOnProcessor = 32;
    private const int MostPixelsOnDevice = 1 << 21;

    /// <summary>Attacks images.</summary>
    /// <param name="pixels">n x C x H x W, float32.</param>
    /// <returns>The images with what was done to them. The caller's dispose scope owns the tensors.</returns>
    public Attacked Run(Tensor pixels)
    {
        using var frozen = new FrozenParameters(network.Classifier);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();

        var logits = network.Logits(pixels);
        var (_, candidates) = logits.topk((int)Math.Min(options.Candidates, logits.shape[1]), 1);
        var predicted = candidates.select(1, 0);
        var perturbation = zeros_like(pixels);
        var running = arange(pixels.shape[0], ScalarType.Int64, pixels.device);
        for (var i = 0; i < options.MaxIterations && running.shape[0] > 0; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var iteration = NewDisposeScope();
            Advance(pixels, perturbation, candidates, running);
            var still = network.Logits(Moved(pixels, perturbation, running)).argmax(1).eq(predicted.index_select(0, running));
            running = running.masked_select(still).MoveToOuterDisposeScope();
        }

        // Success is what the network says of the very images handed back, not what the loop believed.
        var all = arange(pixels.shape[0], ScalarType.Int64, pixels.device);
        var adversarial = Moved(pixels, perturbation, all);
        var led = network.Logits(adversarial).argmax(1);
        return new(pixels, adversarial.MoveToOuterDisposeScope(), predicted.clone().MoveToOuterDisposeScope(), led.MoveToOuterDisposeScope());
    }

    /// <summary>Adds one step to the perturbation of each running image.</summary>
    private void Advance(Tensor pixels, Tensor perturbation, Tensor candidates, Tensor running)
    {
        var images = Moved(pixels, perturbation, running);
        var distance = full([running.shape[0]], double.PositiveInfinity, ScalarType.Float64, pixels.device);
        var direction = zeros_like(images, ScalarType.Float64);
        foreach (var (gap, gradient) in Hyperplanes(images, candidates.index_select(0, running)))
        {
            var slope = gradient.to(ScalarType.Float64);
            var norm = linalg.vector_norm(slope.flatten(1), 2, [1]);
            var away = gap.to(ScalarType.Float64).abs().div(norm);
            // A hyperplane without a slope is out of reach; its distance, infinite or 0/0, is not below any other.
            var nearer = away.lt(distance);
            distance = away.where(nearer, distance);
            direction = slope.div(PerImage(norm)).where(PerImage(nearer), direction);
        }
        var step = PerImage(distance.add(StepFloor).where(distance.isfinite(), zeros_like(distance))).mul(direction);
        perturbation.index_add_(0, running, step.to(ScalarType.Float32), 1);

        Tensor PerImage(Tensor values) => values.view(-1, 1, 1, 1);
    }

    /// <summary>The gap f_k - f_0 of each image, n, and its gradient in the image's own pixels, n x C x H x W, candidate after candidate.</summary>
    private IEnumerable<(Tensor Gap, Tensor Slope)> Hyperplanes(Tensor images, Tensor candidates)
    {
        var copies = images.shape[0] * (candidates.shape[1] - 1);
        var together = images.device.type == DeviceType.CPU ? copies <= MostCopiesOnProcessor : copies * (images.numel() / images.shape[0]) <= MostPixelsOnDevice;
        return together ? Together(images, candidates) : OneByOne(images, candidates);
    }

    /// <summary>A backward pass for each candidate, through one forward pass.</summary>
    private IEnumerable<(Tensor Gap, Tensor Slope)> OneByOne(Tensor images, Tensor candidates)
    {
        images.requires_grad_();
        Tensor[] gaps;
        using (enable_grad())
        {
            var logits = network.Logits(images).gather(1, candidates);
            gaps = logits.sub(logits.narrow(1, 0, 1)).unbind(1);
        }
        for (var k = 1; k < gaps.Length; k++) yield return (gaps[k].detach(), Slope(images, gaps[k], retainGraph: k < gaps.Length - 1));
    }

    /// <summary>One backward pass for all candidates, through a copy of each image for each of them: where few images run, what a pass costs is to start it.</summary>
    private IEnumerable<(Tensor Gap, Tensor Slope)> Together(Tensor images, Tensor candidates)
    {
        var (count, others) = (images.shape[0], candidates.shape[1] - 1);
        var copies = images.repeat(others, 1, 1, 1).requires_grad_();
        Tensor gaps;
        using (enable_grad())
        {
            var logits = network.Logits(copies);
            gaps = logits.gather(1, candidates.narrow(1, 1, others).t().reshape(-1, 1)).sub(logits.gather(1, candidates.narrow(1, 0, 1).repeat(others, 1))).squeeze(1);
        }
        var slopes = Slope(copies, gaps, retainGraph: false);
        for (var k = 0; k < others; k++) yield return (gaps.detach().narrow(0, k * count, count), slopes.narrow(0, k * count, count));
    }

    /// <summary>The gradient of each image's gap in its own pixels. Summing over the batch is safe: in eval mode no gap depends on another image.</summary>
    private static Tensor Slope(Tensor images, Tensor gap, bool retainGraph)
    {
        using var gradients = enable_grad();
        gap.sum().backward(retain_graph: retainGraph);
        var slope = images.grad!;
        images.grad = null;
        return slope;
    }

    private Tensor Moved(Tensor pixels, Tensor perturbation, Tensor indices) =>
        pixels.index_select(0, indices).add(perturbation.index_select(0, indices).mul(1 + options.Overshoot));
}

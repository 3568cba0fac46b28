using Harness.Metrics.Robustness.FixedEps;
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
        var classes = candidates.index_select(0, running).unbind(1);
        var boundary = NearestBoundary.Of(network, images, classes[0], classes[1..], Norm.L2);
        var norm = boundary.Slopes.flatten(1).square().sum(1).sqrt();
        var length = Ball.PerImage(boundary.Gaps.abs().div(norm).add(StepFloor));
        var step = length.mul(boundary.Slopes.div(Ball.PerImage(norm)));
        // Where no gap has a slope there is nowhere to go.
        perturbation.index_add_(0, running, step.where(Ball.PerImage(norm.gt(0)), zeros_like(step)).to(ScalarType.Float32), 1);
    }

    private Tensor Moved(Tensor pixels, Tensor perturbation, Tensor indices) =>
        pixels.index_select(0, indices).add(perturbation.index_select(0, indices).mul(1 + options.Overshoot));
}

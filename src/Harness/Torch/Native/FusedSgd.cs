using static TorchSharp.torch;

namespace Harness.Torch.Native;

/// <summary>libtorch's <c>aten::_fused_sgd_</c>: a whole step of SGD in one pass over memory.</summary>
public static class FusedSgd
{
    private static readonly Operator Fused = new("aten::_fused_sgd_");

    /// <summary>d = g + wd w; v = m v + d; w -= lr v, in place, without dampening or Nesterov's momentum.</summary>
    /// <param name="weights">w, float32.</param>
    /// <param name="gradients">g, of the same shape.</param>
    /// <param name="velocity">v, of the same shape; zero before the first step.</param>
    /// <param name="learningRate">lr.</param>
    /// <param name="momentum">m, above 0: without momentum the operator has no use for a velocity and refuses it.</param>
    /// <param name="weightDecay">wd.</param>
    /// <exception cref="LibtorchException">This libtorch cannot be called so; see <see cref="Operator.Available"/>.</exception>
    public static void Step(Tensor weights, Tensor gradients, Tensor velocity, double learningRate, double momentum, double weightDecay)
    {
        const double Dampening = 0;
        const bool Nesterov = false, Maximise = false, IsFirst = false;
        Fused.Call(
        [
            Operator.Slot([weights]), Operator.Slot([gradients]), Operator.Slot([velocity]),
            Operator.Slot(weightDecay), Operator.Slot(momentum), Operator.Slot(learningRate), Operator.Slot(Dampening),
            Operator.Slot(Nesterov), Operator.Slot(Maximise), Operator.Slot(IsFirst), Operator.None, Operator.None,
        ]);
    }
}

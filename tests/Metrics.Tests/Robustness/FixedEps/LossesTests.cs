using CsCheck;
using Harness;
using Harness.Metrics.Robustness.FixedEps;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.FixedEps;

public class LossesTests
{
    [Fact]
    public void RatiosAreThePublishedOnes()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 4f, 1f, 2f, -3f, 4f, 1f, 2f, -3f }).view(2, 4);
        var labels = tensor(new[] { 0L, 2L });
        // Rightly classified: (2 − 4)/(4 − 1). Wrongly: (4 − 2)/(4 − 1).
        Near([-2f / 3, 2f / 3], Losses.Dlr(logits, labels));
        // Towards class 3: (−3 − z_y)/(4 − (1 − 3)/2).
        Near([-7f / 5, -5f / 5], Losses.TargetedDlr(logits, labels, tensor(new[] { 3L, 3L })));
    }

    [Fact]
    public void FewClassesHaveASensibleForm()
    {
        using var scope = NewDisposeScope();
        var label = tensor(new[] { 0L });
        var three = tensor(new[] { 5f, 3f, 1f }).view(1, 3);
        Near([-2f / 4], Losses.Dlr(three, label));
        Near([-4f / 3], Losses.TargetedDlr(three, label, tensor(new[] { 2L })));
        var two = tensor(new[] { 5f, 3f }).view(1, 2);
        Near([-2], Losses.Dlr(two, label));
        Near([-2], Losses.TargetedDlr(two, label, tensor(new[] { 1L })));
    }

    [Fact]
    public void EqualLogitsGiveNothingAndNoNaN()
    {
        using var scope = NewDisposeScope();
        Near([0], Losses.Dlr(zeros(1, 5), tensor(new[] { 2L })));
        Near([0], Losses.TargetedDlr(zeros(1, 5), tensor(new[] { 2L }), tensor(new[] { 1L })));
    }

    [Fact]
    public void NeitherShiftNorScaleOfLogitsChangesARatio() =>
        Gen.Select(Gen.Int[3, 12], Gen.ULong, Gen.Double[-4, 6], Gen.Double[-5, 5]).Sample((classes, seed, scale, shift) =>
        {
            using var scope = NewDisposeScope();
            var logits = new Seed(seed).Uniform(-1, 1, 6, classes);
            var labels = arange(6, ScalarType.Int64).remainder(classes);
            var targets = labels.add(1).remainder(classes);
            var other = logits.add(shift).mul(Math.Pow(10, scale));
            return Losses.Dlr(logits, labels).sub(Losses.Dlr(other, labels)).abs().max().item<float>() < 1e-3
                && Losses.TargetedDlr(logits, labels, targets).sub(Losses.TargetedDlr(other, labels, targets)).abs().max().item<float>() < 1e-3;
        }, iter: 100);

    private static void Near(float[] expected, Tensor actual) => Assert.All(expected.Zip(actual.data<float>().ToArray()), p => Assert.Equal(p.First, p.Second, 1e-6f));
}

using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.FixedEps;

public class AttacksOnLinearTests
{
    public static TheoryData<string, Norm, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, Norm, int>();
            foreach (var norm in (Norm[])[Norm.Linf, Norm.L2])
            {
                foreach (var attack in (string[])["fgsm", "fgsm.gap", "pgd", "pgd.rescaled", "pgd.gap"]) cases.Add(attack, norm, 2);
                cases.Add("pgd.gap", norm, 5);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void SucceedsJustOutsideTheRadiusAndFailsJustInside(string attack, Norm norm, int classes)
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(classes);
        // Steps of PGD turn towards the gradient along a sphere and stop short of it; along a cube, and in one step, they arrive.
        var outside = classes == 2 && (norm == Norm.Linf || attack.StartsWith("fgsm", StringComparison.Ordinal)) ? 1.001 : 1.05;
        for (var i = 0; i < problem.Count; i++)
        {
            Assert.True(problem.Breaks(Make(attack, problem), i, norm, outside), $"image {i} stands");
            Assert.False(problem.Breaks(Make(attack, problem), i, norm, 0.999), $"image {i} is broken");
        }
    }

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void OverConfidenceHidesAnImageFromCrossEntropyAlone(Norm norm)
    {
        // Logits a million times larger change no boundary, and leave float32's softmax at exactly 1.
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(5, scale: 1e6);
        var blind = LossSlope.At(problem.Network, problem.Pixels, problem.All.Labels, Losses.CrossEntropy);
        Assert.True(blind.Gradients.eq(0).all().item<bool>());
        for (var i = 0; i < problem.Count; i++)
        {
            Assert.False(problem.Breaks(Make("fgsm", problem), i, norm, 1.05));
            Assert.True(problem.Breaks(Make("pgd.rescaled", problem), i, norm, 1.5));
            Assert.True(problem.Breaks(Make("pgd.gap", problem), i, norm, 1.05));
        }
    }

    [Fact]
    public void NoiseOfTheSameNormDoesNotFindTheBoundary()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2);
        Assert.All(Enumerable.Range(0, problem.Count), i => Assert.False(problem.Breaks(new RandomNoise(), i, Norm.L2, 1.001)));
    }

    internal static IAttack Make(string attack, LinearProblem problem) => attack switch
    {
        "fgsm" => new Fgsm(problem.Network, Losses.CrossEntropy),
        "fgsm.gap" => new Fgsm(problem.Network, Losses.Gap),
        "pgd" => new Pgd(problem.Network, Losses.CrossEntropy, 50, default),
        "pgd.rescaled" => new Pgd(problem.Network, Losses.RescaledCrossEntropy, 50, default),
        _ => new Pgd(problem.Network, Losses.Gap, 50, default),
    };
}

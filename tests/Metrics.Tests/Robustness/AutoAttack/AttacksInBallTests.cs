using CsCheck;
using Harness;
using Harness.Metrics.Robustness.AutoAttack;
using Harness.Metrics.Robustness.FixedEps;
using Metrics.Tests.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.AutoAttack;

public class AttacksInBallTests
{
    public static TheoryData<string, Norm, int, int, double> OnLinear
    {
        get
        {
            var cases = new TheoryData<string, Norm, int, int, double>();
            foreach (var norm in (Norm[])[Norm.Linf, Norm.L2])
            {
                foreach (var attack in (string[])["apgd-ce", "apgd-dlr", "apgd-t"]) cases.Add(attack, norm, 2, 3, 1.01);
                // Without a target an ascent may end at the farther of two boundaries; with each of them in turn it does not.
                cases.Add("apgd-t", norm, 3, 3, 1.02);
            }
            // A random search comes close where a square may be one pixel; in L2 it is three pixels wide, and weights here are random from pixel to pixel.
            cases.Add("square", Norm.Linf, 2, 3, 1.05);
            cases.Add("square", Norm.Linf, 5, 3, 1.05);
            cases.Add("square", Norm.L2, 2, 9, 2.5);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(OnLinear))]
    public void SucceedsOutsideTheRadiusAndFailsJustInside(string attack, Norm norm, int classes, int side, double outside)
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(classes, count: 4, side: side);
        for (var i = 0; i < problem.Count; i++)
        {
            var targets = attack == "apgd-t" ? classes - 1 : 1;
            Assert.True(Enumerable.Range(0, targets).Any(t => problem.Breaks(Make(attack, problem.Network, t), i, norm, outside)), $"image {i} stands");
            Assert.False(Enumerable.Range(0, targets).Any(t => problem.Breaks(Make(attack, problem.Network, t), i, norm, 0.999)), $"image {i} is broken");
        }
    }

    [Theory]
    [InlineData("apgd-dlr", Norm.Linf)]
    [InlineData("apgd-t", Norm.Linf)]
    [InlineData("square", Norm.Linf)]
    [InlineData("apgd-dlr", Norm.L2)]
    [InlineData("apgd-t", Norm.L2)]
    [InlineData("square", Norm.L2)]
    public void MaskedGradientsDoNotHideAnImage(string attack, Norm norm)
    {
        // Logits 1e4 times larger change no boundary; the cross-entropy is 0 and flat in float32.
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var problem = new LinearProblem(5, count: 4, scale: 1e5);
        Assert.True(LossSlope.At(problem.Network, problem.Pixels, problem.All.Labels, Losses.CrossEntropy).Gradients.eq(0).all().item<bool>());
        for (var i = 0; i < problem.Count; i++)
        {
            Assert.False(problem.Breaks(Make("apgd-ce", problem.Network), i, norm, 1.5));
            Assert.True(problem.Breaks(Make(attack, problem.Network), i, norm, 2.5));
        }
    }

    [Fact]
    public void NothingLeavesItsBallOrTheBoxByABit() =>
        Gen.Select(Gen.Int[0, 3].Select(i => ((string[])["apgd-ce", "apgd-dlr", "apgd-t", "square"])[i]), Gen.Bool, Gen.Double[-3, 0.3], Gen.ULong).Sample((attack, max, size, seed) =>
        {
            using var scope = NewDisposeScope();
            using var noGradients = no_grad();
            var (network, victims) = Networks.Conv(count: 4, side: 6);
            var ball = new Ball(max ? Norm.Linf : Norm.L2, Math.Pow(10, size));
            return ball.Contains(victims.Pixels, Make(attack, network, iterations: 6).Run(victims, ball, new(seed))).all().item<bool>();
        }, iter: 40);

    [Theory]
    [InlineData("apgd-ce", Norm.Linf)]
    [InlineData("apgd-dlr", Norm.Linf)]
    [InlineData("apgd-t", Norm.Linf)]
    [InlineData("square", Norm.Linf)]
    [InlineData("square", Norm.L2)]
    public void ResultHangsOnSeedAndImageAlone(string attack, Norm norm)
    {
        // A linear classifier of two classes has one gradient, whatever is in the batch.
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var problem = new LinearProblem(2, count: 6);
        var ball = new Ball(norm, Enumerable.Range(0, 6).Min(i => problem.Radius(i, norm)) * 0.9);
        Tensor Attack(Victims victims, ulong seed) => Make(attack, problem.Network, iterations: 8).Run(victims, ball, new(seed));
        var together = Attack(problem.All, 5);
        Assert.True(together.eq(Attack(problem.All, 5)).all().item<bool>());
        if (attack == "square") Assert.False(together.eq(Attack(problem.All, 6)).all().item<bool>());
        var alone = cat([.. Enumerable.Range(0, 6).Select(i => Attack(problem.Victim(i), 5))]);
        Assert.True(together.sub(alone).abs().max().item<float>() < 1e-3 * ball.Radius, "the batch changes an image");
    }

    [Theory]
    [InlineData("apgd-ce", Norm.L2)]
    [InlineData("apgd-dlr", Norm.Linf)]
    [InlineData("square", Norm.Linf)]
    [InlineData("square", Norm.L2)]
    public void ImageIsNeverMadeWorseThanItsStart(string attack, Norm norm)
    {
        // In a ball too small for a success what comes back has at least the loss that the attack started from.
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (network, victims) = Networks.Conv(count: 6);
        Loss loss = attack switch { "apgd-ce" => Losses.CrossEntropy, "apgd-dlr" => Losses.Dlr, _ => Losses.Gap };
        var ball = new Ball(norm, 1e-4);
        Seed seed = new(5);
        var start = attack == "square" ? new Square(network, 1, default).Run(victims, ball, seed)
            : ball.Project(victims.Pixels, victims.Pixels.to(ScalarType.Float64).add(RandomOffsets.OnSurface(ball, victims, seed)));
        double[] At(Tensor images) => [.. loss(network.Logits(images), victims.Labels).to(ScalarType.Float64).data<double>()];
        var before = At(start);
        var after = At(Make(attack, network, iterations: 20).Run(victims, ball, seed));
        Assert.All(before.Zip(after), p => Assert.True(p.Second >= p.First));
        Assert.True(after.Sum() > before.Sum());
    }

    [Fact]
    public void StopIsHeard()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (network, victims) = Networks.Conv(count: 2);
        var stop = new CancellationToken(canceled: true);
        foreach (var attack in (IAttack[])[new Apgd(network, Losses.Dlr, 5, stop), new Square(network, 5, stop), new Fab(network, null, 5, 1, stop)])
            Assert.Throws<OperationCanceledException>(() => attack.Run(victims, new(Norm.Linf, 1e-6), new(1)));
    }

    private static IAttack Make(string attack, ITrainedNetwork network, int target = 0, int iterations = 60) => attack switch
    {
        "apgd-ce" => new Apgd(network, Losses.CrossEntropy, iterations, default),
        "apgd-dlr" => new Apgd(network, Losses.Dlr, iterations, default),
        "apgd-t" => new Apgd(network, Losses.TargetedDlr, target, iterations, default),
        _ => new Square(network, 15 * iterations, default),
    };
}

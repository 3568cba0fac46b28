using Harness;
using Harness.Metrics.Robustness.AutoAttack;
using Harness.Metrics.Robustness.FixedEps;
using Metrics.Tests.Robustness.FixedEps;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.AutoAttack;

public class FabTests
{
    [Theory]
    [InlineData(Norm.Linf, 2, 1)]
    [InlineData(Norm.L2, 2, 1)]
    [InlineData(Norm.Linf, 5, 1)]
    [InlineData(Norm.L2, 5, 1)]
    [InlineData(Norm.Linf, 5, 1e4)]
    [InlineData(Norm.L2, 5, 1e4)]
    public void RadiusOfALinearClassifierIsFound(Norm norm, int classes, double scale)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var problem = new LinearProblem(classes, scale: scale);
        var ball = new Ball(norm, 1);
        var lengths = Lengths(ball, problem.Pixels, Broken(problem.Network, problem.All, new Fab(problem.Network, null, 20, 1, default).Run(problem.All, ball, new(3))));
        // The likeliest classes first: one of all C − 1 targets is the nearest.
        var targeted = Enumerable.Range(0, classes - 1)
            .Select(t => Lengths(ball, problem.Pixels, Broken(problem.Network, problem.All, new Fab(problem.Network, t, 20, 1, default).Run(problem.All, ball, new(3))))).ToArray();
        for (var i = 0; i < problem.Count; i++)
        {
            var radius = problem.Radius(i, norm);
            Assert.InRange(lengths[i] / radius, 1 - 1e-5, 1.001);
            Assert.InRange(targeted.Min(t => t[i]) / radius, 1 - 1e-5, 1.001);
        }
    }

    [Theory]
    [InlineData(Norm.Linf, 0.3)]
    [InlineData(Norm.L2, 0.31622776601683794)]
    public void BoxIsPartOfTheProblem(Norm norm, double radius)
    {
        // x1 + x2 > 1.8 is class 1. From (0.9, 0.5) the first pixel stops at 1: (0.1, 0.3) is the shortest way.
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var pixels = tensor(new[] { 0.9f, 0.5f }).view(1, 1, 1, 2);
        var network = Network(new LinearClassifier(tensor(new[] { 0f, 0, 1, 1 }).view(2, 2), tensor(new[] { 1.8f, 0 })), pixels);
        var victims = new Victims(pixels, tensor(new[] { 0L }), [0]);
        var found = new Fab(network, null, 50, 1, default).Run(victims, new(norm, 1), new(1));
        Assert.True(network.Logits(found).argmax(1).item<long>() == 1);
        Assert.InRange(Lengths(new(norm, 1), pixels, found)[0] / radius, 1 - 1e-6, 1.005);
        Assert.InRange(found.max().item<float>(), 0, 1);
    }

    [Fact]
    public void NetworkThatCannotBeBrokenGivesTheImageBack()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var pixels = new Seed(1).Uniform(0, 1, 2, 1, 2, 2);
        var network = Network(new LinearClassifier(zeros(3, 4), tensor(new[] { 1f, 0, 0 })), pixels);
        var victims = new Victims(pixels, zeros(2, ScalarType.Int64), [0, 1]);
        Assert.True(new Fab(network, null, 5, 3, default).Run(victims, new(Norm.L2, 1), new(1)).eq(pixels).all().item<bool>());
    }

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void MoreStartsFindNothingWorse(Norm norm)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (network, victims) = Networks.Conv();
        var ball = new Ball(norm, 1);
        var once = Lengths(ball, victims.Pixels, Broken(network, victims, new Fab(network, null, 10, 1, default).Run(victims, ball, new(3))));
        var more = Lengths(ball, victims.Pixels, Broken(network, victims, new Fab(network, null, 10, 3, default).Run(victims, ball, new(3))));
        // The last secant steps may shorten one more than the other.
        Assert.All(once.Zip(more), p => Assert.True(p.Second <= p.First * 1.02, $"{p.Second} after {p.First}"));
    }

    private static Tensor Broken(ITrainedNetwork network, Victims victims, Tensor images)
    {
        Assert.True(network.Logits(images).argmax(1).ne(victims.Labels).all().item<bool>());
        Assert.True(images.ge(0).all().item<bool>() && images.le(1).all().item<bool>());
        return images;
    }

    private static double[] Lengths(Ball ball, Tensor pixels, Tensor images) => ball.SizeOf(images.to(ScalarType.Float64).sub(pixels.to(ScalarType.Float64))).data<double>().ToArray();

    private static TestNetwork Network(Classifier classifier, Tensor pixels) =>
        new(classifier, new Dictionary<Split, ImageSet> { [Split.Test] = new TensorImages(pixels, new int[pixels.shape[0]]) });
}

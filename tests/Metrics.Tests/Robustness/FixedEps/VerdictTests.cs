using Harness;
using Harness.Metrics.Robustness.FixedEps;
using Testing.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.FixedEps;

public class VerdictTests
{
    [Fact]
    public void ImageThatOnlyOneBatchSizeBreaksIsNotBroken()
    {
        // A network that mistakes every image in batches of four and no image in smaller ones.
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var pixels = full([4, 1, 1, 1], 0.5f);
        var victims = new Victims(pixels, zeros(4, ScalarType.Int64), [0, 1, 2, 3]);
        var network = new TestNetwork(new BatchSized(), new Dictionary<Split, ImageSet>());
        Assert.All(Verdict.Of(network, victims, new(Norm.Linf, 0.1), pixels), v => Assert.Equal(new(Broken: false, Changed: true, Outside: false), v));
        Assert.All(Verdict.Of(network, victims.Select([0, 1]), new(Norm.Linf, 0.1), pixels.narrow(0, 0, 2)), v => Assert.Equal(new(false, false, false), v));
    }

    [Fact]
    public void ImageThatLeftItsBallIsNotBroken()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2, count: 2);
        var far = problem.Pixels.add(0.3).clamp(0, 1);
        Assert.All(Verdict.Of(problem.Network, problem.All, new(Norm.Linf, 0.2), far), v => Assert.True(v is { Broken: false, Outside: true }));
    }

    private sealed class BatchSized : Classifier
    {
        private readonly LinearClassifier linear = new(zeros(2, 1), zeros(2));

        public BatchSized() : base("batch-sized") => RegisterComponents();

        public override Linear Head => linear.Head;

        public override Tensor Features(Tensor images)
        {
            Head.bias!.copy_(tensor(images.shape[0] == 4 ? new[] { 0f, 1 } : [1f, 0]));
            return linear.Features(images);
        }
    }
}

using Harness.Torch.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Tests.Torch.Native;

public class AutocastingTests
{
    [Fact]
    public void MatrixProductsAreNarrowWithinAndFloat32Outside()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Linear(8, 4);
        var x = ones(2, 8);
        Tensor within;
        using (new Autocasting(DeviceType.CPU, ScalarType.BFloat16)) within = layer.forward(x);
        Assert.Equal(ScalarType.BFloat16, within.dtype);
        Assert.Equal(ScalarType.Float32, layer.forward(x).dtype);
    }

    [Fact]
    public void GradientsOfFloat32WeightsAreFloat32AndNewWeightsAreSeen()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Linear(8, 4, hasBias: false);
        var x = ones(2, 8);
        float Sum()
        {
            Tensor y;
            using (new Autocasting(DeviceType.CPU, ScalarType.BFloat16)) y = layer.forward(x);
            var sum = y.to_type(ScalarType.Float32).sum();
            sum.backward();
            return sum.item<float>();
        }
        using (no_grad()) layer.weight!.fill_(0.5);
        Assert.Equal(2 * 8 * 4 * 0.5f, Sum());
        Assert.Equal(ScalarType.Float32, layer.weight!.grad!.dtype);
        using (no_grad()) layer.weight!.fill_(0.25);
        Assert.Equal(2 * 8 * 4 * 0.25f, Sum());
    }
}

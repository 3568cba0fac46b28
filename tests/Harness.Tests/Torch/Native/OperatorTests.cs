using Harness.Torch.Native;
using static TorchSharp.torch;

namespace Harness.Tests.Torch.Native;

public class OperatorTests
{
    [Fact]
    public void EveryExportIsInTheLibtorchThisIsBuiltFor() => Assert.All(TorchFeatures.Exports, e => Assert.True(e.Found, e.Export.Symbol));

    [Fact]
    public void AnOperatorInPlaceChangesItsTensorAndGradientsAreRecorded()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2, 3 }, requires_grad: true);
        var y = tensor(new[] { 10f, 20, 30 });
        new Operator("aten::mul_", "Tensor").Call([Operator.Slot(y), Operator.Slot(x)]);
        y.sum().backward();
        Assert.Equal([10f, 40, 90], y.detach().data<float>().ToArray());
        Assert.Equal([10f, 20, 30], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void AnOperatorThatIsNotThereIsNamed() =>
        Assert.Contains("aten::no_such_thing", Assert.Throws<InvalidOperationException>(() => new Operator("aten::no_such_thing").Call([0])).Message);
}

using Harness.Metrics.Spectrum;
using TorchSharp;
using static TorchSharp.torch;

namespace Metrics.Tests.Spectrum;

public class LastLayerTests
{
    [Fact]
    public void TheClosedFormIsTheWholeNetworksRestrictedToTheLastLayer()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        using var network = WholeNetworkTests.Whole(tiny, 100);
        var whole = new GaussNewton(network, network.Curvature);
        var layer = Layer(tiny, network.Curvature);
        foreach (var parts in new[] { Parts.Class, Parts.Cross, Parts.Within, Parts.SameClass, Parts.All })
        {
            WholeNetworkTests.Near(
                Restricted(tiny, v => whole.Product(v, parts)),
                WholeNetworkTests.Columns(layer.Jacobian.Dimension, v => layer.Product(v, parts)), 1e-12, parts.ToString());
        }
    }

    [Fact]
    public void ItsHessianIsItsGaussNewtonMatrix()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        using var network = WholeNetworkTests.Whole(tiny, 100);
        var layer = Layer(tiny, network.Curvature);
        WholeNetworkTests.Near(
            Restricted(tiny, network.Hessian), WholeNetworkTests.Columns(layer.Jacobian.Dimension, v => layer.Product(v, Parts.All)), 1e-12, "Hessian");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void TracesAreThoseOfTheMatrices(ulong seed)
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(seed, images: 25);
        using var network = WholeNetworkTests.Whole(tiny, 100);
        var layer = Layer(tiny, network.Curvature);
        var traces = ((LastLayer)layer.Jacobian).Traces(network.Curvature);
        foreach (var parts in new[] { Parts.Class, Parts.Cross, Parts.Within, Parts.SameClass, Parts.All })
        {
            var matrix = WholeNetworkTests.Columns(layer.Jacobian.Dimension, v => layer.Product(v, parts));
            ExactFixture.Near(matrix.diagonal().sum().ToDouble(), traces[parts], parts.ToString());
        }
    }

    /// <summary>The last layer's own features, with the bias as one more of them.</summary>
    private static GaussNewton Layer(TinyNetwork tiny, LogitCurvature curvature)
    {
        var features = tiny.Classifier.Features(tiny.Pixels).detach();
        return new(new LastLayer(cat([features, ones_like(features.narrow(1, 0, 1))], 1), TinyNetwork.Classes), curvature);
    }

    /// <summary>The block of a matrix over all weights that belongs to W and b, which are its last, in the closed form's order.</summary>
    private static Tensor Restricted(TinyNetwork tiny, Func<Tensor, Tensor> product)
    {
        var whole = WholeNetworkTests.Columns(tiny.Dimension, product);
        var width = (int)tiny.Classifier.Head.weight!.shape[1];
        var first = tiny.Dimension - TinyNetwork.Classes * (width + 1);
        var order = Enumerable.Range(0, TinyNetwork.Classes).SelectMany(c => Enumerable.Range(0, width + 1)
            .Select(t => (long)(first + (t < width ? c * width + t : TinyNetwork.Classes * width + c)))).ToArray();
        return whole.index_select(0, tensor(order)).index_select(1, tensor(order));
    }
}

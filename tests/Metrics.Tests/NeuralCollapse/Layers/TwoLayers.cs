using Harness;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Metrics.Tests.NeuralCollapse.Layers;

/// <summary>A network without weights of its own: twice the image, the first four numbers of that, their squares.</summary>
internal sealed class TwoLayers : Classifier
{
    private readonly Linear head;
    private readonly int shows;

    /// <param name="classes">C.</param>
    /// <param name="shows">How often it shows its second layer in a pass; once is right.</param>
    public TwoLayers(int classes, int shows = 1) : base("two layers")
    {
        head = nn.Linear(4, classes);
        this.shows = shows;
        RegisterComponents();
    }

    public override Linear Head => head;

    public override IReadOnlyList<string> LayerNames => ["map", "vector"];

    public override Tensor Features(Tensor images)
    {
        var map = Layer("map", images.mul(2));
        var vector = map.flatten(1).narrow(1, 0, 4);
        for (var i = 0; i < shows; i++) Layer("vector", vector);
        return vector.square();
    }
}

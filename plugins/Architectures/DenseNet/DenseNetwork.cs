using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Architectures.DenseNet;

/// <summary>A stem, dense blocks with transitions between them, batch norm, ReLU, the average over positions, a linear head.</summary>
internal sealed class DenseNetwork : Classifier
{
    private readonly string[] shown;
    private readonly nn.Module<Tensor, Tensor> stem;
    private readonly ModuleList<Sequential> blocks = [];
    private readonly ModuleList<Transition> transitions = [];
    private readonly BatchNorm2d norm;
    private readonly Linear head;

    public DenseNetwork(string name, Design design, bool smallStem, int inputChannels, int classes) : base(name)
    {
        shown = ["stem", .. design.Layers.Select((_, i) => $"block{i + 1}")];
        var channels = 2 * design.Growth;
        stem = smallStem
            ? nn.Conv2d(inputChannels, channels, kernel_size: 3, padding: 1, bias: false)
            : new ImageNetStem(inputChannels, channels);
        foreach (var (index, layers) in design.Layers.Index())
        {
            if (index > 0)
            {
                var kept = design.Compact ? channels / 2 : channels;
                transitions.Add(new Transition(channels, kept));
                channels = kept;
            }
            var block = nn.Sequential();
            for (var i = 0; i < layers; i++, channels += design.Growth)
            {
                block.append(new DenseLayer(channels, design.Growth, design.Compact));
            }
            blocks.Add(block);
        }
        norm = nn.BatchNorm2d(channels);
        head = nn.Linear(channels, classes);
        RegisterComponents();
        HeInitialisation.Apply(this);
    }

    public override Linear Head => head;

    public override IReadOnlyList<string> LayerNames => shown;

    public override Tensor Features(Tensor images)
    {
        var x = Layer(shown[0], stem.call(images));
        for (var i = 0; i < blocks.Count; i++)
        {
            if (i > 0)
            {
                using var dense = x;
                x = transitions[i - 1].call(dense);
            }
            using var before = x;
            x = Layer(shown[i + 1], blocks[i].call(before));
        }
        using var last = x;
        using var activated = norm.call(last).relu_();
        return activated.mean([2, 3]);
    }
}

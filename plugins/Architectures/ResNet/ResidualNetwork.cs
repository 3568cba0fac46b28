using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Architectures.ResNet;

/// <summary>A stem, four stages of residual blocks, the average over positions, a linear head.</summary>
internal sealed class ResidualNetwork : Classifier
{
    // The average of the fourth stage is the features.
    private static readonly string[] Shown = ["stem", "stage1", "stage2", "stage3"];
    private static readonly int[] StageChannels = [64, 128, 256, 512];

    private readonly Stem stem;
    private readonly ModuleList<Sequential> stages = [];
    private readonly Linear head;

    public ResidualNetwork(int depth, double width, bool smallStem, int inputChannels, int classes) : base($"ResNet{depth}")
    {
        var channels = Channels.Scaled(64, width);
        stem = new Stem(inputChannels, channels, smallStem);
        foreach (var (index, blocks) in BlocksByStage(depth).Index())
        {
            var inner = Channels.Scaled(StageChannels[index], width);
            var stage = nn.Sequential();
            for (var i = 0; i < blocks; i++)
            {
                var stride = index > 0 && i == 0 ? 2 : 1;
                if (depth < 50)
                {
                    stage.append(new BasicBlock(channels, inner, stride));
                    channels = inner;
                }
                else
                {
                    stage.append(new Bottleneck(channels, inner, stride));
                    channels = inner * Bottleneck.Expansion;
                }
            }
            stages.Add(stage);
        }
        head = nn.Linear(channels, classes);
        RegisterComponents();
        HeInitialisation.Apply(this);
    }

    public override Linear Head => head;

    public override IReadOnlyList<string> LayerNames => Shown;

    public override string PyTorchName(string name) => TorchvisionNames.Of(name);

    public override Tensor Features(Tensor images)
    {
        var x = Layer(Shown[0], stem.call(images));
        for (var i = 0; i < stages.Count; i++)
        {
            using var before = x;
            x = stages[i].call(before);
            if (i + 1 < Shown.Length) Layer(Shown[i + 1], x);
        }
        using var last = x;
        return last.mean([2, 3]);
    }

    private static int[] BlocksByStage(int depth) => depth switch
    {
        18 => [2, 2, 2, 2],
        34 or 50 => [3, 4, 6, 3],
        101 => [3, 4, 23, 3],
        _ => [3, 8, 36, 3],
    };
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Architectures.Vgg;

/// <summary>Five stages of convolutions, each ended by a 2x2 max-pooling, and a head of three linear layers.</summary>
internal sealed class VggNetwork : Classifier
{
    private static readonly string[] StageNames = ["stage1", "stage2", "stage3", "stage4", "stage5"];
    private static readonly int[] StageChannels = [64, 128, 256, 512, 512];

    private readonly ModuleList<Sequential> stages = [];
    private readonly Linear fc1;
    private readonly BatchNorm1d norm1;
    private readonly Linear fc2;
    private readonly BatchNorm1d norm2;
    private readonly Linear head;

    public VggNetwork(VggOptions options, ImageShape input, int classes) : base($"VGG{options.Depth}")
    {
        var channels = input.Channels;
        foreach (var (published, convolutions) in StageChannels.Zip(ConvolutionsByStage(options.Depth)))
        {
            var stage = nn.Sequential();
            for (var i = 0; i < convolutions; i++)
            {
                var wider = Channels.Scaled(published, options.Width);
                stage.append(new ConvolutionUnit(channels, wider));
                channels = wider;
            }
            stage.append(nn.MaxPool2d(2));
            stages.Add(stage);
        }

        var positions = input.Height / 32 * (input.Width / 32);
        var hidden = Channels.Scaled(4096, options.Width);
        fc1 = nn.Linear(channels * positions, hidden);
        norm1 = nn.BatchNorm1d(hidden);
        fc2 = nn.Linear(hidden, hidden);
        norm2 = nn.BatchNorm1d(hidden);
        head = nn.Linear(hidden, classes);
        RegisterComponents();
        HeInitialisation.Apply(this);
    }

    public override Linear Head => head;

    public override IReadOnlyList<string> LayerNames { get; } = [.. StageNames, "fc1"];

    public override Tensor Features(Tensor images)
    {
        var x = images.alias();
        for (var i = 0; i < stages.Count; i++)
        {
            using var before = x;
            x = Layer(StageNames[i], stages[i].call(before));
        }
        using var pooled = x;
        using var flat = pooled.flatten(1);
        using var linear1 = fc1.call(flat);
        using var hidden = Layer("fc1", norm1.call(linear1).relu_());
        using var linear2 = fc2.call(hidden);
        return norm2.call(linear2).relu_();
    }

    /// <summary>Configurations A, B, D and E.</summary>
    private static int[] ConvolutionsByStage(int depth) => depth switch
    {
        11 => [1, 1, 2, 2, 2],
        13 => [2, 2, 2, 2, 2],
        16 => [2, 2, 3, 3, 3],
        _ => [2, 2, 4, 4, 4],
    };
}

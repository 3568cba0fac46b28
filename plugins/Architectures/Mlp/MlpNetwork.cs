using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Architectures.Mlp;

/// <summary>Linear layers with ReLU between them; the head is the last.</summary>
internal sealed class MlpNetwork : Classifier
{
    private readonly ModuleList<Linear> hidden = [];
    private readonly Linear head;

    public MlpNetwork(MlpOptions options, ImageShape input, int classes) : base($"MLP{options.Depth}")
    {
        var inputs = input.Channels * input.Height * input.Width;
        for (var i = 1; i < options.Depth; i++)
        {
            hidden.Add(nn.Linear(inputs, options.Width, hasBias: options.Bias));
            inputs = options.Width;
        }
        head = nn.Linear(inputs, classes, hasBias: options.Bias);
        LayerNames = [.. Enumerable.Range(1, Math.Max(0, hidden.Count - 1)).Select(i => $"hidden{i}")];
        RegisterComponents();
        HeInitialisation.ApplyToLinear(this);
    }

    public override Linear Head => head;

    public override IReadOnlyList<string> LayerNames { get; }

    public override Tensor Features(Tensor images)
    {
        var x = images.flatten(1);
        for (var i = 0; i < hidden.Count; i++)
        {
            using var before = x;
            x = hidden[i].call(before).relu_();
            if (i < LayerNames.Count) Layer(LayerNames[i], x);
        }
        return x;
    }
}

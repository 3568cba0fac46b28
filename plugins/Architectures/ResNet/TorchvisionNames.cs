using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Architectures.ResNet;

/// <summary>What torchvision.models.resnet calls the parameters and buffers, which it has in the same order and of the same shapes.</summary>
internal static partial class TorchvisionNames
{
    private static readonly (string Here, string There)[] Parts =
    [
        ("shortcut.conv.", "downsample.0."), ("shortcut.norm.", "downsample.1."), ("stem.conv.conv.", "conv1."), ("stem.conv.norm.", "bn1."),
    ];

    /// <summary>The name there of what has a name here.</summary>
    public static string Of(string name)
    {
        if (name.StartsWith("head.", StringComparison.Ordinal)) return "fc." + name["head.".Length..];
        name = Stage().Replace(name, match => $"layer{int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + 1}.");
        foreach (var (here, there) in Parts) name = name.Replace(here, there, StringComparison.Ordinal);
        return Unit().Replace(name, match => match.Groups[2].Value == "conv" ? $".conv{match.Groups[1].Value}." : $".bn{match.Groups[1].Value}.");
    }

    [GeneratedRegex(@"^stages\.(\d+)\.")]
    private static partial Regex Stage();

    [GeneratedRegex(@"\.conv(\d)\.(conv|norm)\.")]
    private static partial Regex Unit();
}

namespace Harness.Reporting.Published;

/// <summary>A cell of table 1 of Papyan, Han and Donoho 2020: test accuracy in percent.</summary>
/// <param name="Dataset">The data set's plugin.</param>
/// <param name="Architecture">The architecture's plugin.</param>
/// <param name="AtZeroError">At the first epoch of zero training error.</param>
/// <param name="AtLast">At the last epoch.</param>
/// <param name="Recalled">Whether the numbers are recalled and not confirmed from the paper's text.</param>
internal sealed record PublishedCell(string Dataset, string Architecture, double AtZeroError, double AtLast, bool Recalled = true);

/// <summary>How the paper trains on a data set; depths are recalled, not confirmed.</summary>
/// <param name="Dataset">The data set's plugin.</param>
/// <param name="TrainPerClass">Training images of each class.</param>
/// <param name="Whole">Whether those are all there are.</param>
/// <param name="Vgg">Depth of its VGG.</param>
/// <param name="ResNet">Depth of its ResNet.</param>
/// <param name="DenseNet">Depth of its DenseNet.</param>
/// <param name="Epochs">Epochs.</param>
/// <param name="BatchSize">Images in a step.</param>
/// <param name="WeightDecay">Weight decay.</param>
internal sealed record PublishedProtocol(
    string Dataset, int TrainPerClass, bool Whole, int Vgg, int ResNet, int DenseNet, int Epochs = 350, int BatchSize = 128, double WeightDecay = 5e-4)
{
    /// <summary>Fractions of the epochs after which its learning rate decays tenfold; of ImageNet recalled, not confirmed.</summary>
    public IReadOnlyList<double> DecayAt => Large ? [1.0 / 2, 3.0 / 4] : [1.0 / 3, 2.0 / 3];

    /// <summary>The stem of its ResNet and DenseNet.</summary>
    public string Stem => Large ? "imagenet" : "small";

    /// <summary>Growth of its DenseNet.</summary>
    public int Growth => DenseNet switch { 40 => 12, 250 => 24, _ => 32 };

    /// <summary>Learning rates it chooses from.</summary>
    public int Rates => Large ? 10 : 25;

    /// <summary>Side its images are padded to, or null.</summary>
    public int? PadTo => Dataset is "mnist" or "fashion-mnist" ? 32 : null;

    /// <summary>Side its images are resized to, or null where they are as they are.</summary>
    public int? ImageSize => Large ? 224 : null;

    private bool Large => Dataset == "imagenet";

    /// <summary>Depth of an architecture by its plugin's name.</summary>
    public int Depth(string architecture) => architecture switch { "vgg" => Vgg, "resnet" => ResNet, _ => DenseNet };
}

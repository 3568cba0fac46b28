namespace Harness.Reporting.Published;

/// <summary>Table 1 of Papyan, Han and Donoho, "Prevalence of neural collapse during the terminal phase of deep learning training", PNAS 117(40) 2020.</summary>
internal static class PapyanTable1
{
    /// <summary>Its cells.</summary>
    public static IReadOnlyList<PublishedCell> Cells { get; } =
    [
        new("mnist", "vgg", 99.40, 99.56), new("mnist", "resnet", 99.32, 99.71), new("mnist", "densenet", 99.65, 99.70),
        new("fashion-mnist", "vgg", 92.92, 93.31), new("fashion-mnist", "resnet", 93.29, 93.64), new("fashion-mnist", "densenet", 94.18, 94.35),
        new("svhn", "vgg", 93.82, 94.53), new("svhn", "resnet", 94.64, 95.70), new("svhn", "densenet", 95.87, 95.93),
        new("cifar10", "vgg", 87.85, 88.65), new("cifar10", "resnet", 88.72, 89.44), new("cifar10", "densenet", 91.14, 91.19),
        new("cifar100", "vgg", 63.03, 63.85), new("cifar100", "resnet", 66.19, 66.21), new("cifar100", "densenet", 77.19, 76.56, Recalled: false),
        new("stl10", "vgg", 65.15, 68.00), new("stl10", "resnet", 69.99, 70.24), new("stl10", "densenet", 67.79, 70.81),
        new("imagenet", "vgg", 47.26, 50.12), new("imagenet", "resnet", 65.41, 64.45, Recalled: false), new("imagenet", "densenet", 65.04, 62.38, Recalled: false),
    ];

    /// <summary>Its protocols.</summary>
    public static IReadOnlyList<PublishedProtocol> Protocols { get; } =
    [
        new("mnist", 5000, false, 11, 18, 40), new("fashion-mnist", 6000, true, 11, 18, 250), new("svhn", 4600, false, 11, 18, 40), new("cifar10", 5000, true, 13, 18, 40),
        new("cifar100", 500, true, 13, 50, 250), new("stl10", 500, true, 13, 50, 250), new("imagenet", 600, false, 19, 152, 201, 300, 256, 1e-4),
    ];

    /// <summary>The published cell of a data set's and an architecture's plugins, or null where the paper has none.</summary>
    public static PublishedCell? Find(string dataset, string architecture) => Cells.FirstOrDefault(c => c.Dataset == dataset && c.Architecture == architecture);
}

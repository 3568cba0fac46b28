using Harness.Plugins;
using Testing;

namespace Harness.Tests.Planning;

/// <summary>The plugins that come with the host, and the cards of those of the paper's data sets that do not: enough to plan and to build, not to read an image.</summary>
internal static class PaperCatalog
{
    public static PluginCatalog Catalog { get; } = Make();

    private static PluginCatalog Make()
    {
        var shipped = PluginDiscovery.In([Path.Combine(Path.GetDirectoryName(HarnessCommandLine.Executable)!, "plugins")]);
        PluginDescriptor[] cards =
        [
            Of<SvhnCard>("svhn"), Of<Cifar10Card>("cifar10"), Of<Cifar100Card>("cifar100"), Of<Stl10Card>("stl10"),
            Of<ImageNetCard>("imagenet") with { OptionsType = typeof(ImageNetCardOptions) },
        ];
        return shipped with { Plugins = [.. shipped.Plugins, .. cards.Where(c => shipped.Find(c.Kind, c.Name) is null)] };
    }

    private static PluginDescriptor Of<T>(string name) => new(PluginKind.Dataset, name, "", "1.0.0", $"/opt/plugins/{name}/{name}.dll", new string('0', 64), typeof(T), null);
}

/// <summary>A data set of which there is only the card.</summary>
public abstract class CardOnly(string title, int classes, int side, int train, int test) : IDataset
{
    public DatasetCard Card { get; } = new()
    {
        Title = title,
        ClassNames = [.. Enumerable.Range(0, classes).Select(c => $"{c}")],
        Shape = new(3, side, side),
        TrainCount = train,
        TestCount = test,
        Licence = "",
        Citation = "",
    };

    public string Fingerprint(DataRoot data) => throw new DatasetException(Card.Title, "It is not there.");

    public ImageSource Open(Split split, DataRoot data) => throw new DatasetException(Card.Title, "It is not there.");
}

public sealed class SvhnCard() : CardOnly("SVHN", 10, 32, 73_257, 26_032);

public sealed class Cifar10Card() : CardOnly("CIFAR10", 10, 32, 50_000, 10_000);

public sealed class Cifar100Card() : CardOnly("CIFAR100", 100, 32, 50_000, 10_000);

public sealed class Stl10Card() : CardOnly("STL10", 10, 96, 5_000, 8_000);

public sealed class ImageNetCard(ImageNetCardOptions options)
    : CardOnly("ImageNet", options.ClassCount, options.ImageSize, (int)(1_281_167L * options.ClassCount / 1000), 50 * options.ClassCount);

public sealed record ImageNetCardOptions
{
    public int ClassCount { get; init; } = 1000;

    public int ImageSize { get; init; } = 224;
}

using System.Globalization;
using System.Text;
using Harness;
using Harness.Datasets.Cifar;
using Harness.Datasets.Glyphs;
using Harness.Datasets.Mnist;
using Harness.Datasets.PlantedLinear;
using Harness.Datasets.Stl10;
using Harness.Datasets.Svhn;
using Testing;

namespace Datasets.Tests;

/// <summary>docs/datasets.md says of every data set what its card says.</summary>
public class DatasetsPageTests
{
    private static readonly Dictionary<string, IDataset> Datasets = new()
    {
        ["mnist"] = new MnistDataset(),
        ["fashion-mnist"] = new FashionMnistDataset(),
        ["cifar10"] = new Cifar10Dataset(),
        ["cifar100"] = new Cifar100Dataset(),
        ["svhn"] = new SvhnDataset(),
        ["stl10"] = new Stl10Dataset(),
        ["glyphs"] = new GlyphsDataset(new()),
        ["planted-linear"] = new PlantedLinearDataset(new()),
    };

    private static readonly string Page = File.ReadAllText(Path.Combine(DotnetCommand.RepositoryRoot, "docs", "datasets.md"));

    public static TheoryData<string> Names => [.. Datasets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ThePageHoldsTheCardOf(string name)
    {
        var section = Section(name, Datasets[name].Card);
        Assert.True(Page.Contains(section), $"docs/datasets.md wants this section, and then words on its folder and on what the harness does:\n\n{section}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheCardStandsUnderTheNameOfItsPlugin(string name)
    {
        var plugin = Datasets[name].GetType().GetCustomAttributes(typeof(PluginAttribute), false).Cast<PluginAttribute>().Single();
        Assert.Equal(name, plugin.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheCardAgreesWithItself(string name)
    {
        var card = Datasets[name].Card;
        Assert.Equal(card.ClassNames.Count, card.ClassNames.Distinct().Count());
        if (card.Standardisation is { } constants)
        {
            Assert.Equal(card.Shape.Channels, constants.Mean.Count);
            Assert.Equal(card.Shape.Channels, constants.Deviation.Count);
            Assert.All(constants.Mean.Concat(constants.Deviation), value => Assert.InRange(value, 0.01, 0.99));
        }
        foreach (var file in card.Files)
        {
            if (file.Checksum is not null) Assert.Matches("^(md5:[0-9a-f]{32}|sha256:[0-9a-f]{64})$", file.Checksum);
            Assert.Contains(file.Name, card.HowToGet);
            Assert.NotEmpty(file.Addresses);
            Assert.All(file.Addresses, address => Assert.Equal(file.Name, new Uri(address).Segments[^1]));
        }
    }

    private static string Section(string name, DatasetCard card)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            ## {name}

            | {card.Title} | |
            |---|---|
            | images | {card.TrainCount:N0} to train on, {card.TestCount:N0} to test on; {card.Shape} (height x width x channels) |
            | {card.ClassNames.Count} classes | {string.Join(", ", card.ClassNames)} |
            | standardised by | {Constants(card.Standardisation)} |
            | licence | {card.Licence} |
            | cite | {card.Citation} |

            """);
        if (card.Files.Count > 0) text.Append("\n| file | bytes | checksum | published at |\n|---|---|---|---|\n");
        foreach (var file in card.Files)
        {
            var length = file.Length?.ToString("N0", CultureInfo.InvariantCulture) ?? "not published";
            var checksum = file.Checksum is null ? "not published" : $"`{file.Checksum}`";
            text.Append($"| `{file.Name}` | {length} | {checksum} | {string.Join(", ", file.Addresses.Select(Link))} |\n");
        }
        return text.ToString();
    }

    private static string Constants(Standardisation? constants) => constants is null
        ? "mean and deviation of the training images a run uses"
        : $"mean {Numbers(constants.Mean)}; deviation {Numbers(constants.Deviation)}";

    private static string Numbers(IReadOnlyList<double> values) => string.Join(", ", values.Select(value => value.ToString("F4", CultureInfo.InvariantCulture)));

    private static string Link(string address) => $"[{new Uri(address).Host}]({address})";
}

using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.Manifests;
using Harness.Manifests.Options;
using Harness.Results;

namespace Harness.Tests.Manifests;

/// <summary>docs/manifests.md says what is so: its manifests plan, and its tables hold every key with its default and description.</summary>
public sealed partial class DocumentedManifestTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(AppContext.BaseDirectory), "docs", "manifests.md"));
    private readonly string folder = Directory.CreateTempSubdirectory("documented-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void EveryManifestOfThePagePlans()
    {
        var manifests = Blocks().Where(b => Name().IsMatch(b)).ToDictionary(b => Name().Match(b).Groups[1].Value);
        foreach (var (name, text) in manifests) File.WriteAllText(Path.Combine(folder, name), text);
        var cells = manifests.Keys.ToDictionary(n => n, n => ManifestPlanner.Plan(Path.Combine(folder, n), FakeCatalog.Full).Cells);
        Assert.Equal(["longer.yaml 2", "measured.yaml 6", "outside.yaml 2", "quick.yaml 1", "swept.yaml 54", "tuned.yaml 3"], cells.Select(c => $"{c.Key} {c.Value.Count}").Order());
        Assert.Equal(["fashion-mnist", "mnist"], cells["outside.yaml"].Select(c => c.OutOfDistribution!.Plugin));
        Assert.All(cells["longer.yaml"], c => Assert.Null(c.Dataset.Subsample.TrainPerClass));
        Assert.DoesNotContain(cells["tuned.yaml"].Single(c => c.Name == "VGG11/fashion-mnist/0").Metrics, m => m.Plugin == "robustness");
    }

    [Fact]
    public void EveryFragmentOfThePagePlansInAManifest()
    {
        var fragments = Blocks().Where(b => !Name().IsMatch(b)).ToArray();
        Assert.NotEmpty(fragments);
        Assert.All(fragments, f => Assert.NotEmpty(Planning.Plan(Planning.SmallWith("training: { epochs: 60 }\n", "") + "\n" + f).Cells));
    }

    [Theory]
    [InlineData(typeof(TrainingOptions))]
    [InlineData(typeof(SubsampleOptions))]
    [InlineData(typeof(CellLimits))]
    [InlineData(typeof(RetryPolicy))]
    public void EveryKeyIsInItsTable(Type type)
    {
        var defaults = Activator.CreateInstance(type);
        Assert.All(OptionProperty.Of(type), option =>
        {
            var row = Assert.Single(Page.Split('\n'), line => line.StartsWith($"| `{option.Key}` |", StringComparison.Ordinal) && line.Count('|') == 5);
            var cells = row.Split('|', StringSplitOptions.TrimEntries);
            Assert.Equal(option.Property.GetCustomAttribute<DescriptionAttribute>()!.Description, cells[4]);
            if (option.Property.GetValue(defaults) is { } value and not IReadOnlyList<double>) Assert.Equal(value is TimeSpan length ? Duration.Text(length) : JsonSerializer.Serialize(value, Json.Line).Trim('"'), cells[3]);
        });
    }

    private static IEnumerable<string> Blocks() => Block().Matches(Page).Select(m => m.Groups[1].Value);

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Harness.sln")) ? folder : Root(Path.GetDirectoryName(folder.TrimEnd('/'))!);

    [GeneratedRegex(@"```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\A# (\S+\.yaml)\n")]
    private static partial Regex Name();
}

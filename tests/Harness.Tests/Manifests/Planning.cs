using Harness.Manifests;

namespace Harness.Tests.Manifests;

/// <summary>Plans texts against the fake plugins.</summary>
internal static class Planning
{
    public const string Small = """
        architectures:
          ResNet18: { use: resnet, depth: 18, width: 0.25 }
        datasets:
          mnist: { trainPerClass: 500, padTo: 32 }
        training: { epochs: 60 }
        measure:
          metrics:
            neural-collapse:
        """;

    public static Plan Plan(string text) => ManifestPlanner.Plan("small.yaml", text, FakeCatalog.Full);

    public static string[] Errors(string text) => [.. Assert.Throws<ManifestException>(() => Plan(text)).Errors.Select(e => e.ToString())];

    public static string Error(string text) => Assert.Single(Errors(text));

    /// <summary>The small manifest with lines added to its end.</summary>
    public static string SmallWith(string lines) => $"{Small}\n{lines}";

    /// <summary>The small manifest with a part replaced, which must be there.</summary>
    public static string SmallWith(string part, string by)
    {
        Assert.Contains(part, Small, StringComparison.Ordinal);
        return Small.Replace(part, by, StringComparison.Ordinal);
    }
}

using static Harness.Tests.Manifests.Planning;

namespace Harness.Tests.Manifests.Yaml;

public class NodeReaderTests
{
    [Fact]
    public void AnchorsAliasesAndMergeKeysAreTaken()
    {
        var plan = Plan("""
            architectures:
              A: &net { use: vgg, depth: 11, width: 0.5 }
              B: { <<: *net, depth: 18 }
              C: *net
            datasets: { mnist: }
            measure: { metrics: { neural-collapse: } }
            """);
        Assert.Equal([(11, 0.5), (18, 0.5), (11, 0.5)],
            plan.Cells.Select(c => (c.Architecture.Options["depth"]!.GetValue<int>(), c.Architecture.Options["width"]!.GetValue<double>())));
    }

    [Theory]
    [InlineData("", "small.yaml:1:1: the manifest is empty")]
    [InlineData("# nothing\n", "small.yaml:1:1: the manifest is empty")]
    [InlineData("- a\n", "small.yaml:1:1: a manifest is a mapping of keys to values, not a list")]
    [InlineData("hello", "small.yaml:1:1: a manifest is a mapping of keys to values, not 'hello'")]
    [InlineData("name: *nowhere", "small.yaml:1:7: alias '*nowhere' names no anchor that ends above it")]
    [InlineData("a: &self { b: *self }", "small.yaml:1:15: alias '*self' names no anchor that ends above it")]
    public void WhatIsNoManifestIsSaid(string text, string error) => Assert.Equal(error, Error(text));

    [Theory]
    [InlineData("a: [1, 2\n", 2)]
    [InlineData("x: 1\na: [1,\nc: d\n", 2)]
    [InlineData("a: b\n c: d", 2)]
    [InlineData("a:\n\t- b", 2)]
    [InlineData("a: 'open\n", 1)]
    [InlineData("a: \"\\q\"", 1)]
    [InlineData("a: @b", 1)]
    [InlineData("%YAML 9.9.9\n---\na: b", 1)]
    public void BrokenYamlIsLocated(string text, int line)
    {
        var error = Error(text);
        Assert.Matches(@$"^small\.yaml:{line}:\d+: this is not YAML[^\n]{{10,}}$", error);
        Assert.DoesNotContain("Idx", error, StringComparison.Ordinal);
    }

    [Fact]
    public void SecondDocumentIsRefused() =>
        Assert.Equal("small.yaml:9:1: a manifest is one YAML document; a second one starts here", Error($"{Small}\n---\na: b"));

    [Fact]
    public void KeysAreNames() =>
        Assert.Contains("small.yaml:9:1: a key is a name, not a list", Errors(SmallWith("[a, b]: c")));

    [Fact]
    public void TowerOfAliasesIsRefusedBeforeItIsClimbed()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range(1, 9).Select(i =>
            $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Contains("holds more than 50000 values", Error(text), StringComparison.Ordinal);
    }

    [Fact]
    public void DeepNestingIsRefusedBeforeItOverflowsTheStack() =>
        Assert.Contains("nested more than 50 levels deep", Error("a: " + new string('[', 100_000)), StringComparison.Ordinal);

    [Fact]
    public void ControlCharactersOfAValueDoNotReachTheTerminal() =>
        Assert.DoesNotContain(Error(SmallWith("\"a\\e[31m\\nb\": 1")), char.IsControl);
}

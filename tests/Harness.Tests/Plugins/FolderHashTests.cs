using Harness.Plugins;
using Testing;

namespace Harness.Tests.Plugins;

public sealed class FolderHashTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void IsOfNamesAndContentsAndNotOfThePlace()
    {
        Assert.Equal(Hash("a", ("Net.dll", "code"), ("sub/x.json", "1")), Hash("b", ("sub/x.json", "1"), ("Net.dll", "code")));
        Assert.Matches("^[0-9a-f]{64}$", Hash("c", ("Net.dll", "code")));
    }

    [Fact]
    public void ChangesWithEveryFile()
    {
        var all = new[]
        {
            Hash("a", ("Net.dll", "code")),
            Hash("b", ("Net.dll", "edoc")),
            Hash("c", ("Net.dll", "code"), ("x.json", "")),
            Hash("d", ("Net.dll", "code"), ("y.json", "")),
            Hash("e", ("Net.dll", ""), ("x.json", "code")),
            Hash("f", ("Net.dll", "c"), ("x.json", "ode")),
        };
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void IgnoresSymbolsAndDocs() =>
        Assert.Equal(Hash("a", ("Net.dll", "code")), Hash("b", ("Net.dll", "code"), ("Net.pdb", "1"), ("Net.xml", "2")));

    private string Hash(string folder, params (string Name, string Text)[] files) =>
        FolderHash.Of(new PluginCandidate(scratch[folder], scratch[folder, "Net.dll"], [.. files.Select(file => scratch.Write(file.Text, [folder, .. file.Name.Split('/')]))]));
}

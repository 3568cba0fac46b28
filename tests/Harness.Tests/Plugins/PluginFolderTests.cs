using Harness.Plugins;
using Testing;

namespace Harness.Tests.Plugins;

/// <summary>The ways in which a plugin may lie in a folder.</summary>
public sealed class PluginFolderTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void TheDllIsCalledAsItsFolder()
    {
        Compiler.Library(scratch["Net", "Net.dll"], Samples.Architecture("net"));
        Compiler.Library(scratch["Net", "Library.dll"], "public class Library { }");

        Assert.Equal(["Net.dll"], Found(scratch.Path));
    }

    [Fact]
    public void OrIsTheOneWithADepsFile()
    {
        Compiler.Library(scratch["anything", "Net.dll"], Samples.Architecture("net"));
        Compiler.Library(scratch["anything", "Shared.dll"], "public class Shared { public static IMetric Metric = null; }");
        scratch.Write("{}", "anything", "Net.deps.json");

        Assert.Equal(["Net.dll"], Found(scratch.Path));
    }

    [Fact]
    public void OrIsTheOneThatReferencesTheContract()
    {
        Compiler.Library(scratch["anything", "Net.dll"], Samples.Architecture("net"));
        Compiler.Library(scratch["anything", "Library.dll"], "public class Library { }");

        Assert.Equal(["Net.dll"], Found(scratch.Path));
    }

    [Fact]
    public void TheFolderMayItselfBeAPlugins()
    {
        Compiler.Library(scratch["net10.0", "Net.dll"], Samples.Architecture("net"));
        Compiler.Library(scratch["net10.0", "Library.dll"], "public class Library { }");
        scratch.Write("", "net10.0", "runtimes", "linux-x64", "data.bin");

        Assert.Equal(["Net.dll"], Found(scratch["net10.0"]));
    }

    [Fact]
    public void LoneDllsLieBesideFolders()
    {
        Compiler.Library(scratch["One.dll"], Samples.Architecture("one"));
        Compiler.Library(scratch["Two.dll"], Samples.Architecture("two"));
        Compiler.Library(scratch["Library.dll"], "public class Library { }");
        Compiler.Library(scratch["Three", "Three.dll"], Samples.Architecture("three"));

        Assert.Equal(["One.dll", "Two.dll", "Three.dll"], Found(scratch.Path));
    }

    [Fact]
    public void ALoneDllOwnsWhatIsNoOtherPlugins()
    {
        Compiler.Library(scratch["One.dll"], Samples.Architecture("one"));
        Compiler.Library(scratch["Two.dll"], Samples.Architecture("two"));
        Compiler.Library(scratch["Library.dll"], "public class Library { }");

        var one = PluginFolder.Candidates(scratch.Path, refused => Assert.Fail(refused.Reason))[0];

        Assert.Equal(["Library.dll", "One.dll"], one.Files.Select(Path.GetFileName));
    }

    [Fact]
    public void HiddenFoldersAreNone()
    {
        Compiler.Library(scratch[".git", "Net.dll"], Samples.Architecture("net"));

        Assert.Empty(Found(scratch.Path));
    }

    [Fact]
    public void AFolderWithoutADllIsRefused()
    {
        scratch.Write("", "Net", "Net.csproj");

        Assert.Equal("The folder holds no DLL: put Net.dll there, with the other files of its build output.", Refused().Reason);
    }

    [Fact]
    public void AFolderThatLeavesTheChoiceIsRefused()
    {
        Compiler.Library(scratch["nets", "One.dll"], Samples.Architecture("one"));
        Compiler.Library(scratch["nets", "Two.dll"], Samples.Architecture("two"));

        Assert.Equal(new RefusedPlugin(scratch["nets"], "The folder holds 2 DLLs and none is called nets.dll: name the folder after the plugin's DLL."), Refused());
    }

    private static IEnumerable<string?> Found(string folder) =>
        PluginFolder.Candidates(folder, refused => Assert.Fail(refused.Reason)).Select(candidate => Path.GetFileName(candidate.Dll));

    private RefusedPlugin Refused()
    {
        var refused = new List<RefusedPlugin>();
        Assert.Empty(PluginFolder.Candidates(scratch.Path, refused.Add));
        return Assert.Single(refused);
    }
}

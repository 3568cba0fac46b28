using Harness.Plugins;
using Testing;

namespace Harness.Tests.Plugins;

public sealed class PluginDiscoveryTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void FindsAPluginWithItsNameSummaryVersionFileAndOptions()
    {
        var dll = Compiler.Library(scratch["Wide", "Wide.dll"], """
            [assembly: System.Reflection.AssemblyInformationalVersion("1.2.3-beta+0123abc")]
            public sealed record WideOptions { public int Width { get; init; } = 7; }
            [Plugin("wide-net", Summary = "Wide and shallow.")]
            public sealed class Wide(WideOptions options) : IArchitecture { public WideOptions Options => options;
            """ + Samples.Build + "}");

        var catalog = PluginDiscovery.In([scratch.Path]);

        Assert.Empty(catalog.Refused);
        var plugin = Assert.Single(catalog.Plugins);
        Assert.Equal((PluginKind.Architecture, "wide-net", "Wide and shallow.", "1.2.3-beta", dll), (plugin.Kind, plugin.Name, plugin.Summary, plugin.Version, plugin.File));
        Assert.Equal("WideOptions", plugin.OptionsType!.Name);
        Assert.IsType<IArchitecture>(plugin.Create(Activator.CreateInstance(plugin.OptionsType)), exactMatch: false);
    }

    [Fact]
    public void WhatAConstructorThrowsIsNotWrapped()
    {
        Compiler.Library(scratch["Net", "Net.dll"], $$"""
            public sealed record NetOptions { public int Depth { get; init; } }
            [Plugin("net")] public class Net : IArchitecture
            {
                public Net(NetOptions options) => throw new PluginOptionException("depth", $"No depth is {options.Depth}.");
                {{Samples.Build}}
            }
            """);
        var plugin = Assert.Single(PluginDiscovery.In([scratch.Path]).Plugins);

        var refusal = Assert.Throws<PluginOptionException>(() => plugin.Create(Activator.CreateInstance(plugin.OptionsType!)));
        Assert.Equal(("depth", "No depth is 0."), (refusal.Option, refusal.Message));
    }

    [Fact]
    public void OneDllMayHoldSeveralPluginsAndPlainClasses()
    {
        Compiler.Library(scratch["Two", "Two.dll"],
            Samples.Architecture("small", "Small") + Samples.Architecture("large", "Large")
            + $"public abstract class Base : IArchitecture {{ {Samples.Build} }} internal class Draft : IArchitecture {{ {Samples.Build} }} public class Other {{ }}");

        var catalog = PluginDiscovery.In([scratch.Path]);

        Assert.Empty(catalog.Refused);
        Assert.Equal(["large", "small"], catalog.Names(PluginKind.Architecture));
        Assert.Equal("Small", catalog.Find(PluginKind.Architecture, "small")!.Implementation.Name);
    }

    [Fact]
    public void APluginMayBringItsOwnDependency()
    {
        var words = Compiler.Library(scratch["Net", "Words.dll"], "public class Word { public string Text => \"collapse\"; }");
        Compiler.Library(scratch["Net", "Net.dll"], $"[Plugin(\"net\")] public class Net : IArchitecture {{ public Word Word = new(); {Samples.Build} }}", words);

        var plugin = Assert.Single(PluginDiscovery.In([scratch.Path]).Plugins);

        dynamic net = plugin.Create(null);
        Assert.Equal("collapse", net.Word.Text);
    }

    [Fact]
    public void ABrokenPluginStopsNoOther()
    {
        scratch.Write("no assembly", "Aaa", "Aaa.dll");
        Compiler.Library(scratch["Net", "Net.dll"], Samples.Architecture("net"));
        scratch.Write("no assembly", "Zzz", "Zzz.dll");

        var catalog = PluginDiscovery.In([scratch.Path]);

        Assert.Equal("net", Assert.Single(catalog.Plugins).Name);
        Assert.Equal([scratch["Aaa", "Aaa.dll"], scratch["Zzz", "Zzz.dll"]], catalog.Refused.Select(refused => refused.Path));
    }

    [Fact]
    public void ALinkThatLeadsNowhereStopsNoOther()
    {
        Compiler.Library(scratch["One.dll"], Samples.Architecture("one"));
        Compiler.Library(scratch["Two.dll"], Samples.Architecture("two"));
        File.CreateSymbolicLink(scratch["Gone.dll"], scratch["nowhere.dll"]);

        var catalog = PluginDiscovery.In([scratch.Path]);

        Assert.Equal(["one", "two"], catalog.Names(PluginKind.Architecture));
        Assert.StartsWith("It cannot be read", Assert.Single(catalog.Refused, refused => refused.Path == scratch["Gone.dll"]).Reason);
    }

    [Fact]
    public void AFrameworkThatIsNoneIsPassedOver()
    {
        Compiler.Library(scratch["Net", "Net.dll"], "[assembly: System.Runtime.Versioning.TargetFramework(\"whatever\")]\n" + Samples.Architecture("net"));

        Assert.Equal("net", Assert.Single(PluginDiscovery.In([scratch.Path]).Plugins).Name);
    }

    [Fact]
    public void OfTwoPluginsWithOneNameTheFirstFoldersIsTaken()
    {
        var first = Compiler.Library(scratch["one", "Zebra", "Zebra.dll"], Samples.Architecture("net"));
        var second = Compiler.Library(scratch["two", "Ant", "Ant.dll"], Samples.Architecture("net"));
        Compiler.Library(scratch["two", "Metric", "Metric.dll"], $"[Plugin(\"net\")] public class M : IMetric {{ {Samples.Measure} }}");

        var catalog = PluginDiscovery.In([scratch["one"], scratch["two"]]);

        Assert.Equal(first, catalog.Find(PluginKind.Architecture, "net")!.File);
        Assert.NotNull(catalog.Find(PluginKind.Metric, "net"));
        Assert.Equal(new RefusedPlugin(second, $"The architecture 'net' of {second} is there already, from {first}: rename one or remove it."), Assert.Single(catalog.Refused));
    }

    [Fact]
    public void AFolderGivenTwiceIsReadOnce()
    {
        Compiler.Library(scratch["Net", "Net.dll"], Samples.Architecture("net"));

        var catalog = PluginDiscovery.In([scratch.Path, scratch.Path + "/"]);

        Assert.Empty(catalog.Refused);
        Assert.Single(catalog.Plugins);
    }

    [Fact]
    public void AFolderThatIsNotThereIsSaid()
    {
        var refused = Assert.Single(PluginDiscovery.In([scratch["absent"]]).Refused);

        Assert.Equal(scratch["absent"], refused.Path);
        Assert.Equal("The plugins folder does not exist: create it, or name another with --plugins DIR.", refused.Reason);
    }
}

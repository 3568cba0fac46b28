using Harness.Plugins;
using Testing;

namespace Harness.Tests.Plugins;

/// <summary>Every way in which a plugin can be wrong, and the sentence its author gets.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Rule = "a plugin has one public constructor, with no parameter or with one options record";

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("0.3.0.0", "0.3.0")]
    [InlineData("1.1.0.0", "1.1.0")]
    public void AnotherContract(string version, string said)
    {
        var contract = Compiler.Library(scratch["contract", "Harness.Abstractions.dll"], Samples.Contract(version));
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], "[Plugin(\"net\")] public class Net : IArchitecture { }", contract);

        Assert.Equal($"Net.dll is built against Harness.Abstractions {said}, this host has 0.1.0: rebuild it against 0.1.x.", Reason());
    }

    [Fact]
    public void ALaterPatchOfTheContractIsTaken()
    {
        var contract = Compiler.Library(scratch["contract", "Harness.Abstractions.dll"], Samples.Contract("0.1.7.0"));
        var net = Compiler.Library(scratch["plugins", "Net", "Net.dll"], "[Plugin(\"net\")] public class Net : IArchitecture { }", contract);

        Assert.Null(HostContract.Misfit("Net.dll", AssemblyFacts.Read(net)!));
    }

    [Fact]
    public void AnotherTorchSharp()
    {
        var torch = Compiler.Library(scratch["torch", "TorchSharp.dll"],
            "[assembly: System.Reflection.AssemblyVersion(\"0.106.0.0\")] namespace TorchSharp { public static class torch { public class Tensor { } } } namespace Harness { }");
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], "[Plugin(\"net\")] public class Net { public Tensor Weight; }", torch);

        Assert.Equal("Net.dll is built against TorchSharp 0.106.0, this host has 0.107.0: rebuild it against 0.107.0.", Reason());
    }

    [Fact]
    public void ADependencyBuiltAgainstAnotherContract()
    {
        var contract = Compiler.Library(scratch["contract", "Harness.Abstractions.dll"], Samples.Contract("0.3.0.0"));
        Compiler.Library(scratch["plugins", "Net", "Layers.dll"], "public abstract class Layers : IArchitecture { }", contract);
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], Samples.Architecture("net"));

        Assert.Equal("Layers.dll is built against Harness.Abstractions 0.3.0, this host has 0.1.0: rebuild it against 0.1.x.", Reason());
    }

    [Theory]
    [InlineData(".NETCoreApp,Version=v11.0", "net11.0")]
    [InlineData(".NETFramework,Version=v4.8", ".NETFramework,Version=v4.8")]
    public void AFrameworkThisHostIsNot(string framework, string said)
    {
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], $"[assembly: System.Runtime.Versioning.TargetFramework(\"{framework}\")]\n" + Samples.Architecture("net"));

        Assert.Equal($"Net.dll is built for {said}, this host runs net10.0: rebuild it for net10.0.", Reason());
    }

    [Fact]
    public void AnOlderFrameworkIsTaken()
    {
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], "[assembly: System.Runtime.Versioning.TargetFramework(\".NETCoreApp,Version=v9.0\")]\n" + Samples.Architecture("net"));

        Assert.Single(PluginDiscovery.In([scratch["plugins"]]).Plugins);
    }

    [Theory]
    [InlineData("not an assembly")]
    [InlineData("")]
    [InlineData("MZ and then nothing that a DLL would have")]
    public void NoAssembly(string content)
    {
        scratch.Write(content, "plugins", "Net", "Net.dll");

        Assert.Equal("Net.dll is no .NET assembly: build the plugin as a class library for net10.0.", Reason());
    }

    [Fact]
    public void ATruncatedAssembly()
    {
        var dll = Compiler.Library(scratch["plugins", "Net", "Net.dll"], Samples.Architecture("net"));
        using (var file = File.OpenWrite(dll)) file.SetLength(file.Length / 2);

        Assert.Equal("Net.dll is no .NET assembly: build the plugin as a class library for net10.0.", Reason());
    }

    [Fact]
    public void NoReferenceToTheContract()
    {
        Compiler.Library(scratch["plugins", "Library", "Library.dll"], "public class Library { }");

        Assert.Equal("Library.dll does not reference Harness.Abstractions, so it is a dependency and no plugin: put it into the folder of the plugin that needs it.", Reason());
    }

    [Theory]
    [InlineData("Harness.Abstractions.dll", "the host brings the contract: give the plugin's reference to Harness.Abstractions ExcludeAssets=\"runtime\" (and Private=\"false\" where it is a project)")]
    [InlineData("TorchSharp.dll", "the host brings TorchSharp: give the plugin's reference to TorchSharp ExcludeAssets=\"runtime;native\"")]
    [InlineData("libLibTorchSharp.so", LibtorchCure)]
    [InlineData("LibTorchSharp.dll", LibtorchCure)]
    [InlineData("runtimes/linux-x64/native/libtorch_cpu.so", LibtorchCure)]
    [InlineData("libtorch.so", LibtorchCure)]
    [InlineData("libc10.so", LibtorchCure)]
    [InlineData("torch_cpu.dll", LibtorchCure)]
    public void ItsOwnCopyOfWhatTheHostBrings(string carried, string cure)
    {
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], Samples.Architecture("net"));
        scratch.Write("", ["plugins", "Net", .. carried.Split('/')]);

        Assert.Equal($"It carries {carried}, and {cure}.", Reason());
    }

    [Fact]
    public void LibrariesWithASimilarNameAreItsOwnAffair()
    {
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], Samples.Architecture("net"));
        Compiler.Library(scratch["plugins", "Net", "TorchVision.dll"], "public class Vision { }");
        scratch.Write("", "plugins", "Net", "torch.txt");

        Assert.Single(PluginDiscovery.In([scratch["plugins"]]).Plugins);
    }

    [Fact]
    public void AMissingDependency()
    {
        var library = Compiler.Library(scratch["elsewhere", "Layers.dll"], "[assembly: System.Reflection.AssemblyVersion(\"2.1.0.0\")] public class Layer { }");
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], $"[Plugin(\"net\")] public class Net : Layer, IArchitecture {{ {Samples.Build} }}", library);

        Assert.Equal("Net.dll needs Layers.dll (Layers, Version=2.1.0.0), which is not in its folder: copy the plugin's whole build output there.", Reason());
    }

    [Fact]
    public void AMissingDependencyOfAConstructor()
    {
        var library = Compiler.Library(scratch["elsewhere", "Layers.dll"], "public record Layer;");
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], $"[Plugin(\"net\")] public class Net(Layer layer) : IArchitecture {{ public Layer Layer() => layer; {Samples.Build} }}", library);

        Assert.Equal("Net.dll needs Layers.dll (Layers, Version=0.0.0.0), which is not in its folder: copy the plugin's whole build output there.", Reason());
    }

    [Fact]
    public void AnInterfaceOfTheSameNameFromElsewhere()
    {
        var copy = Compiler.Library(scratch["elsewhere", "Copy.dll"], "namespace Harness { public interface IArchitecture { } }");
        File.Copy(copy, scratch.Write("", "plugins", "Net", "Copy.dll"), overwrite: true);
        var source = "[Plugin(\"net\")] public class Net : copied::Harness.IArchitecture { }";
        Compiler.AliasedLibrary(scratch["plugins", "Net", "Net.dll"], source, copy, "copied");

        Assert.Equal("Class Net implements Harness.IArchitecture of Copy, not that of Harness.Abstractions: compile it against Harness.Abstractions alone.", Reason());
    }

    [Fact]
    public void NoPluginInside()
    {
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], "public class Net { public IArchitecture Other; }");

        Assert.Equal("Net.dll holds no plugin: no public class in it has [Plugin(\"name\")].", Reason());
    }

    public static TheoryData<string, string> WrongClasses => new()
    {
        { "[Plugin(\"net\")] public class Net { }", "Class Net has [Plugin] and implements none of IArchitecture, IDataset or IMetric." },
        { $"public class Net : IArchitecture {{ {Samples.Build} }}", "Class Net implements IArchitecture and has no [Plugin(\"name\")]: add the attribute, or make the class internal." },
        { $"[Plugin(\"net\")] class Net : IArchitecture {{ {Samples.Build} }}", "Class Net has [Plugin] and is not public: make it public." },
        { $"[Plugin(\"net\")] public abstract class Net : IArchitecture {{ {Samples.Build} }}", "Class Net has [Plugin] and is abstract: put the attribute on the class that can be made." },
        { $"[Plugin(\"net\")] public class Net<T> : IArchitecture {{ {Samples.Build} }}", "Class Net`1 has [Plugin] and type parameters: put the attribute on a class without them." },
        { $"[Plugin(\"net\")] public class Net : IArchitecture, IMetric {{ {Samples.Build} {Samples.Measure} }}", "Class Net implements IArchitecture and IMetric: make it one plugin of one kind." },
        { $"[Plugin(\"Net 1\")] public class Net : IArchitecture {{ {Samples.Build} }}", NameRule("Net 1") },
        { $"[Plugin(\"\")] public class Net : IArchitecture {{ {Samples.Build} }}", NameRule("") },
        { $"[Plugin(\"-net\")] public class Net : IArchitecture {{ {Samples.Build} }}", NameRule("-net") },
        { $"[Plugin(\"net\\n\")] public class Net : IArchitecture {{ {Samples.Build} }}", NameRule("net\n") },
        { $"[Plugin(\"net\")] public class Net : IArchitecture {{ Net() {{ }} {Samples.Build} }}", $"Class Net has 0 public constructors: {Rule}." },
        { $"[Plugin(\"net\")] public class Net : IArchitecture {{ public Net() {{ }} public Net(O o) {{ }} {Samples.Build} }} public record O;", $"Class Net has 2 public constructors: {Rule}." },
        { $"[Plugin(\"net\")] public class Net(O o, O p) : IArchitecture {{ public O O => o ?? p; {Samples.Build} }} public record O;", $"Class Net has a constructor with 2 parameters: {Rule}." },
        { $"[Plugin(\"net\")] public class Net(int depth) : IArchitecture {{ public int Depth => depth; {Samples.Build} }}", $"Class Net has a constructor that takes Int32, which is no record that can be made: {Rule}." },
        { $"[Plugin(\"net\")] public class Net(O o) : IArchitecture {{ public O O => o; {Samples.Build} }} public class O;", $"Class Net has a constructor that takes O, which is no record that can be made: {Rule}." },
        { $"[Plugin(\"net\")] public class Net(O o) : IArchitecture {{ public O O => o; {Samples.Build} }} public abstract record O;", $"Class Net has a constructor that takes O, which is no record that can be made: {Rule}." },
        { $"[Plugin(\"net\")] public class Net(O o) : IArchitecture {{ public O O => o; {Samples.Build} }} public record O(int Depth);", "Class Net takes the options record O, which has no public constructor without parameters: give it properties with init and defaults instead." },
    };

    [Theory]
    [MemberData(nameof(WrongClasses))]
    public void AClassThatIsNoPlugin(string source, string reason)
    {
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], source);

        Assert.Equal(reason, Reason());
    }

    private const string LibtorchCure = "the host brings libtorch: give the plugin's reference to TorchSharp ExcludeAssets=\"runtime;native\" and reference no libtorch package";

    private static string NameRule(string name) => $"Class Net is called '{name}': a plugin's name is lower-case letters, digits and hyphens, and starts with a letter or digit.";

    private string Reason()
    {
        var catalog = PluginDiscovery.In([scratch["plugins"]]);
        Assert.Empty(catalog.Plugins);
        return Assert.Single(catalog.Refused).Reason;
    }
}

using Testing;

namespace Harness.Tests.Plugins;

public sealed class SchedulingProcessTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    /// <summary>In a process of its own, because this one has libtorch.</summary>
    [Fact]
    public async Task DiscoveryLoadsNoLibtorch()
    {
        Compiler.Library(scratch["plugins", "Net", "Net.dll"], """
            public sealed class Tiny : Classifier
            {
                private static readonly Tensor Ones = ones(3);
                public Tiny() : base("tiny") { RegisterComponents(); }
                public override Tensor Features(Tensor images) => images + Ones;
                public override TorchSharp.Modules.Linear Head => null!;
            }
            [Plugin("net")] public sealed class Net : IArchitecture { public Classifier Build(ImageShape input, int classes) => new Tiny(); }
            """);
        var program = Compiler.Program(scratch["Scheduling.dll"], """
            using System; using System.IO; using System.Linq; using System.Runtime.Loader; using Harness.Plugins;
            static class Scheduling
            {
                static void Main(string[] args)
                {
                    AssemblyLoadContext.Default.Resolving += (context, name) => context.LoadFromAssemblyPath(Path.Combine(args[0], name.Name + ".dll"));
                    Discover(args[1]);
                }
                static void Discover(string folder)
                {
                    var catalog = PluginDiscovery.In(new[] { folder });
                    foreach (var refused in catalog.Refused) Console.WriteLine("refused: " + refused.Reason);
                    foreach (var plugin in catalog.Plugins) { plugin.Create(null); Console.WriteLine("found: " + plugin.Name); }
                    foreach (var map in File.ReadLines("/proc/self/maps").Where(map => map.Contains("TorchSharp.so") || map.Contains("libtorch") || map.Contains("libc10")))
                        Console.WriteLine("loaded: " + map);
                    if (!File.ReadAllText("/proc/self/maps").Contains("libcoreclr.so")) Console.WriteLine("the maps cannot be trusted");
                }
            }
            """);
        var result = await DotnetCommand.RunAsync(
            scratch.Path, "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Harness.Tests.runtimeconfig.json"), program, AppContext.BaseDirectory, scratch["plugins"]);

        Assert.Equal((0, "found: net\n"), (result.ExitCode, result.Output));
    }
}

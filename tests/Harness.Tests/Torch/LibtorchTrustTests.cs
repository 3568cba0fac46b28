using Harness.Torch;
using Testing;

namespace Harness.Tests.Torch;

public sealed class LibtorchTrustTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void APyTorchWithTheSameLibrariesPassesAndIsRemembered()
    {
        var location = Libtorch.Locate(FakePyTorch());

        new LibtorchTrust(SelfTestProgram(), scratch["cache"]).Require(location);

        Assert.Single(Directory.GetFiles(scratch["cache"]));
        new LibtorchTrust(["/nonexistent/program"], scratch["cache"]).Require(location);
    }

    [Fact]
    public void NuGetsOwnNeedsNoTest() => new LibtorchTrust(["/nonexistent/program"], scratch["cache"]).Require(Libtorch.Locate(Package));

    [Fact]
    public void AnotherMajorIsRefusedByItsNumberInOneSentence()
    {
        var folder = FakePyTorch("1.13.0a0");

        Assert.Equal(
            $"libtorch in '{folder}' (--libtorch) is version 1.13.0a0, and 2.10.0 is wanted: install PyTorch 2.10.0, or name another libtorch with --libtorch DIR.",
            Refusal(["/nonexistent/program"], folder));
    }

    [Fact]
    public void WithoutACacheItIsTrustedAllTheSame()
    {
        // A file where the folder should be.
        scratch.Write("", "cache");

        new LibtorchTrust(["/bin/true"], scratch["cache"]).Require(Libtorch.Locate(FakePyTorch()));

        Assert.Empty(File.ReadAllText(scratch["cache"]));
    }

    [Fact]
    public void AnEmptyFolderIsRefused()
    {
        Directory.CreateDirectory(scratch["empty"]);

        Assert.Equal(
            $"'{scratch["empty"]}' (--libtorch) holds no libtorch: 'libc10.so' is missing; name the folder with libtorch.so, libtorch_cpu.so and libc10.so in it.",
            Assert.Throws<LibtorchException>(() => Libtorch.Locate(scratch["empty"])).Message);
    }

    [Fact]
    public void AMissingLibraryIsNamed()
    {
        var folder = FakePyTorch();
        File.Delete(Path.Combine(folder, "libc10.so"));

        Assert.Contains("'libc10.so' is missing", Assert.Throws<LibtorchException>(() => Libtorch.Locate(folder)).Message);
    }

    [Fact]
    public void ATextFileForALibraryIsRefusedByTheChild()
    {
        var folder = FakePyTorch();
        File.Delete(Path.Combine(folder, "libtorch_cpu.so"));
        File.WriteAllText(Path.Combine(folder, "libtorch_cpu.so"), "not a library");

        var message = Refusal(SelfTestProgram(), folder);

        Assert.StartsWith($"libtorch in '{folder}' (--libtorch), version 2.10.0+cu128, cannot be used: its self-test found '{folder}/libtorch_cpu.so' (--libtorch) cannot be loaded: ", message);
        Assert.EndsWith("; libtorch 2.10.0 is wanted, or a PyTorch 2.10.0.", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void AnAbortOfTheChildIsARefusal()
    {
        var folder = FakePyTorch();

        Assert.Equal(
            $"libtorch in '{folder}' (--libtorch), version 2.10.0+cu128, cannot be used: its self-test ended with exit code 134 (terminate called); libtorch 2.10.0 is wanted, or a PyTorch 2.10.0.",
            Refusal(["/bin/sh", "-c", "echo terminate called >&2; kill -ABRT $$"], folder));
    }

    [Fact]
    public void OtherNumbersAreARefusal()
    {
        var folder = FakePyTorch();
        File.Delete(Path.Combine(folder, "..", "version.py"));

        Assert.Equal(
            $"libtorch in '{folder}' (--libtorch), of unknown version, cannot be used: its self-test found loss 1: 3 instead of 1; libtorch 2.10.0 is wanted, or a PyTorch 2.10.0.",
            Refusal(["/bin/sh", "-c", "echo 'loss 1: 3 instead of 1'; exit 1"], folder));
    }

    private static string Package => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "libtorch.path")).Trim();

    private string Refusal(IReadOnlyList<string> command, string folder)
    {
        var trust = new LibtorchTrust(command, scratch["cache"]);
        var message = Assert.Throws<LibtorchException>(() => trust.Require(Libtorch.Locate(folder))).Message;
        Assert.False(Directory.Exists(scratch["cache"]));
        return message;
    }

    /// <summary>A torch/lib whose libraries are links to NuGet's.</summary>
    private string FakePyTorch(string version = "2.10.0+cu128")
    {
        scratch.Write($"from typing import Optional\n__all__ = ['__version__']\n__version__ = '{version}'\ndebug = False\n", "torch", "version.py");
        var libraries = Directory.CreateDirectory(scratch["torch", "lib"]).FullName;
        foreach (var library in Directory.GetFiles(Package)) File.CreateSymbolicLink(Path.Combine(libraries, Path.GetFileName(library)), library);
        return libraries;
    }

    private string[] SelfTestProgram()
    {
        // Lives in the scratch folder and takes everything else from beside these tests.
        var program = Compiler.Program(scratch["SelfTesting.dll"], """
            using System; using System.IO; using System.Runtime.Loader; using Harness.Torch;
            static class SelfTesting
            {
                static int Main(string[] args)
                {
                    AppContext.SetData("APP_CONTEXT_BASE_DIRECTORY", args[0]);
                    AssemblyLoadContext.Default.Resolving += (context, name) => context.LoadFromAssemblyPath(Path.Combine(args[0], name.Name + ".dll"));
                    return Test(args[3]);
                }
                static int Test(string folder) => SelfTest.Report(Libtorch.Locate(folder), Console.Out);
            }
            """);
        return [DotnetCommand.Program, "exec", "--runtimeconfig", Path.Combine(AppContext.BaseDirectory, "Harness.Tests.runtimeconfig.json"), program, AppContext.BaseDirectory];
    }
}
